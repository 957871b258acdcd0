import { CardDesk, linkTo } from './card-desk';
import type { Stage } from '../server/stage';
import type { Visitor } from './visitor';

export interface CardWay {
  stage: Stage;
  desk: CardDesk;
  /** The card's own origin, as a socket reaches it. */
  card(): string;
  cardHost: string;
  /** The pages' origin. */
  visitor(): Visitor;
}

const CLAIRE = '899700366240';

/** The tests that every terminator of the card's TLS must pass, with real handshakes. */
export function describeCardOrigin(way: CardWay): void {
  const { desk } = way;
  const origin = () => way.stage.environment['PUBLIC_URL']!;
  const present = (browser: Visitor, card: string | null, how: Parameters<CardDesk['present']>[3] = {}) =>
    desk.present(browser, way.card(), card, { host: way.cardHost, ...how });
  const redeem = (browser: Visitor, ticket: string) => browser.post('/api/sign-in/ticket', { ticket });
  const linked = async (nationalId = CLAIRE) => {
    const person = await way.stage.person();
    await linkTo(way.stage, person.id, nationalId);
    return person;
  };

  it('gives a ticket, which opens the session at the pages’ origin', async () => {
    const claire = await linked();
    const browser = way.visitor();
    const first = await present(browser, 'cps');
    expect(first.body).toEqual({ status: 'ticket', ticket: expect.any(String) as string });
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    const second = await redeem(browser, first.body.ticket as string);
    expect(second.body).toMatchObject({
      status: 'signed-in',
      session: { account: { username: claire.username }, means: 'cpx', amr: ['sc'] },
    });
    expect((await browser.get('/api/session')).outcome).toBe('200');
  });

  it.each([
    ['cpe', '30B0057881/CPET0002'],
    ['cpa', '3440042844/CPAT0007'],
    ['cpf', '899700401336'],
    ['dotted-upn', '899700434378'],
  ])('takes a %s', async (card, nationalId) => {
    const person = await linked(nationalId);
    const browser = way.visitor();
    const { body } = await present(browser, card);
    expect((await redeem(browser, body.ticket as string)).body.session.account.username).toBe(
      person.username,
    );
  });

  it('lets only the pages of the service read the answer, with credentials', async () => {
    await linked();
    const answer = await present(way.visitor(), 'cps');
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin(),
      'access-control-allow-credentials': 'true',
    });
    const foreign = await present(way.visitor(), 'cps', {
      headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.outcome).toBe('403 origin.refused');
    expect(foreign.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('answers the browser’s question before the call, without a card', async () => {
    const asked = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const how = { method: 'OPTIONS', headers: { ...asked, origin: origin() } };
    const answer = await present(way.visitor(), null, how);
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': origin(),
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'Content-Type',
    });
    const evil = { ...how, headers: { ...how.headers, origin: 'https://evil.example' } };
    const refused = await present(way.visitor(), null, evil);
    expect(refused.headers['access-control-allow-origin']).toBeUndefined();
  });

  it('reports that no card was presented', async () => {
    expect((await present(way.visitor(), null)).outcome).toBe('401 certificate.missing');
  });

  it('ignores a header that the browser writes itself', async () => {
    await linked();
    const headers = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': 'proof' };
    expect((await present(way.visitor(), null, { headers })).outcome).toBe('401 certificate.missing');
    const own = await present(way.visitor(), 'stranger', { headers });
    expect(own.outcome).toBe('403 account.not-linked');
  });

  it.each([
    'expired',
    'not-yet-valid',
    'revoked',
    'signature',
    'service-card',
    'organisation',
    'other-authority',
    'same-subject-other-key',
    'self-signed',
    'no-client-auth',
  ])('refuses a certificate that is no good: %s', async (card) => {
    await linked();
    const browser = way.visitor();
    const answer = await present(browser, card);
    expect(answer.outcome).toBe('401 certificate.rejected');
    expect(answer.headers['access-control-allow-origin']).toBe(origin());
    expect(answer.body.detail).toMatch(/carte/i);
  });

  it('serves no pages: redirects users to the help page', async () => {
    const answer = await present(way.visitor(), null, {
      method: 'GET',
      path: '/',
      headers: { origin: undefined },
    });
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe(`${origin()}/aide/carte`);
    const session = await present(way.visitor(), 'cps', { method: 'GET', path: '/connexion' });
    expect(session.status).toBe(302);
  });

  it('gives a ticket that opens once', async () => {
    await linked();
    const browser = way.visitor();
    const { body } = await present(browser, 'cps');
    const twin = browser.copy();
    expect((await redeem(browser, body.ticket as string)).outcome).toBe('200');
    const again = await redeem(twin, body.ticket as string);
    expect(again.outcome).toBe('401 token.rejected');
    const row = await way.stage.database.row<{ name: string; means: string; reason: string }>(
      'SELECT name, means, reason FROM auditEvent WHERE requestId = ?',
      [again.body.requestId as string],
    );
    expect(row).toMatchObject({ name: 'authn_login_fail', means: 'cpx', reason: 'ticket-not-good' });
  });

  it('gives a ticket that opens for one of sixteen who present it at once', async () => {
    const claire = await linked();
    const browser = way.visitor();
    const { body } = await present(browser, 'cps');
    const twins = Array.from({ length: 16 }, () => browser.copy());
    const outcomes = await Promise.all(twins.map((twin) => redeem(twin, body.ticket as string)));
    expect(outcomes.map((one) => one.outcome).sort()).toEqual([
      '200',
      ...Array(15).fill('401 token.rejected'),
    ]);
    const [row] = await way.stage.database.rows<{ count: number }>(
      'SELECT COUNT(*) AS count FROM session WHERE accountId = ?',
      [claire.id],
    );
    expect(Number(row!.count)).toBe(1);
  });

  it('issues a ticket that is invalid in another browser', async () => {
    await linked();
    const [mine, other] = [way.visitor(), way.visitor()];
    const { body } = await present(mine, 'cps');
    await present(other, 'cps');
    expect((await redeem(way.visitor(), body.ticket as string)).outcome).toBe('401 token.rejected');
    expect((await redeem(other, body.ticket as string)).outcome).toBe('401 token.rejected');
    expect((await redeem(mine, body.ticket as string)).outcome).toBe('200');
  });

  it('gives a ticket that is over after a minute', async () => {
    await linked();
    const browser = way.visitor();
    const { body } = await present(browser, 'cps');
    await way.stage.server.advance(60_000);
    expect((await redeem(browser, body.ticket as string)).outcome).toBe('401 token.rejected');
  });

  it('refuses an account that was deactivated between the card and the ticket', async () => {
    const claire = await linked();
    const browser = way.visitor();
    const { body } = await present(browser, 'cps');
    await way.stage.database.execute("UPDATE account SET status = 'DEACTIVATED' WHERE id = ?", [claire.id]);
    expect((await redeem(browser, body.ticket as string)).outcome).toBe('403 account.not-linked');
  });

  it('links the account of the signed-in user, with a ticket that opens no session', async () => {
    await linked();
    const zoe = await way.stage.person();
    await linkTo(way.stage, 'nobody', '00B0600001');
    const browser = way.visitor();
    await zoe.signIn(browser);
    const shown = await present(browser, 'sandbox-id', { path: '/api/account/card/presentation' });
    expect((await redeem(browser.copy(), shown.body.ticket as string)).outcome).toBe('401 token.rejected');
    const answer = await browser.post('/api/account/card', { ticket: shown.body.ticket as string });
    expect(answer.body).toEqual({ nationalId: '00•••••001' });
    const again = await browser.post('/api/account/card', { ticket: shown.body.ticket as string });
    expect(again.outcome).toBe('401 token.rejected');
    const signIn = await present(browser, 'cps');
    const crossed = await browser.post('/api/account/card', { ticket: signIn.body.ticket as string });
    expect(crossed.outcome).toBe('401 token.rejected');
  });

  it('ends with the sign-out; presenting the card again is a new act', async () => {
    await linked();
    const browser = way.visitor();
    await redeem(browser, (await present(browser, 'cps')).body.ticket as string);
    await browser.delete('/api/session');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect((await present(browser, null)).outcome).toBe('401 certificate.missing');
    expect((await present(browser, 'cps')).status).toBe(200);
  });

  it('asks for no certificate on the pages’ own host', async () => {
    const answer = await way.visitor().get('/api/service');
    expect(answer.body.cardUrl).toBe(way.stage.environment['CPX_URL'] ?? answer.body.cardUrl);
  });
}
