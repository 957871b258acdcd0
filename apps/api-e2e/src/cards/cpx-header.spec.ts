import { concurrently } from '@portillon/testing';
import { CardDesk, linkTo, PROXY_SECRET } from '../harness/people/card-desk';
import { Stage } from '../harness/server/stage';

const CLAIRE = '899700366240';

const desk = new CardDesk('portillon.test');
afterAll(() => desk.close());

describe('a certificate in a header', () => {
  const stage = new Stage({
    environment: { ...desk.settings, CPX_PROXY_SECRET: PROXY_SECRET, TRUSTED_PROXIES: '127.0.0.1' },
  });

  beforeAll(() => stage.open(), 60_000);
  afterAll(() => stage.close(), 20_000);

  const proven = (card: string) => ({
    'x-client-cert': desk.header(card),
    'x-portillon-proxy-secret': PROXY_SECRET,
  });
  const present = (headers: Record<string, string | string[] | undefined>, browser = stage.visitor()) =>
    browser.post('/api/sign-in/cpx', {}, { headers });

  it('opens a session, without a code, when the proxy proves itself', async () => {
    const claire = await stage.person();
    await linkTo(stage, claire.id, CLAIRE);
    const browser = stage.visitor();
    const answer = await present(proven('cps'), browser);
    expect(answer.body).toMatchObject({
      status: 'signed-in',
      session: {
        account: { username: claire.username },
        means: 'cpx',
        acr: 'urn:portillon:acr:cpx',
        amr: ['sc'],
        codeValidUntil: null,
      },
    });
    expect((await browser.get('/api/session')).outcome).toBe('200');
    const [line] = (await browser.get('/api/account/activity')).body.items as {
      name: string;
      means: string;
    }[];
    expect(line).toMatchObject({ name: 'authn_login_success', means: 'cpx' });
    const row = await stage.database.row<{ data: string }>(
      "SELECT data FROM auditEvent WHERE accountId = ? AND name = 'authn_login_success'",
      [claire.id],
    );
    expect(JSON.parse(row!.data)).toEqual({
      cardSerial: '8025000001/2600366240',
      cardType: 'CPS',
      nationalId: '89•••••••240',
    });
    expect(JSON.stringify(stage.server.lines)).not.toContain(CLAIRE);
  });

  it('is ignored without the secret, with a wrong one, or with two', async () => {
    const certificate = { 'x-client-cert': desk.header('cps') };
    const secrets = [{}, { 'x-portillon-proxy-secret': 'x'.repeat(PROXY_SECRET.length) }];
    for (const secret of [
      ...secrets,
      { 'x-portillon-proxy-secret': '' },
      { 'x-portillon-proxy-secret': PROXY_SECRET.slice(1) },
      { 'x-portillon-proxy-secret': [PROXY_SECRET, PROXY_SECRET] },
    ])
      expect((await present({ ...certificate, ...secret })).outcome).toBe('401 certificate.missing');
    const row = await stage.database.row<{ data: string }>(
      "SELECT data FROM auditEvent WHERE means = 'cpx' AND reason = 'header-not-believed' ORDER BY id DESC LIMIT 1",
    );
    expect(JSON.parse(row!.data)).toEqual({ why: 'wrong-proxy-proof' });
  });

  it.each([
    ['nothing', ''],
    ['text', 'forged'],
    ['a broken escape', '%E0%A4%A'],
    ['a name alone', '/C=FR/CN=899700366240'],
  ])('that holds %s opens nothing', async (_what, text) => {
    const outcome = (await present({ ...proven('cps'), 'x-client-cert': text })).outcome;
    expect(outcome).toBe(text ? '401 certificate.rejected' : '401 certificate.missing');
  });

  it.each<[string, () => string | string[]]>([
    ['holds two certificates', () => desk.header('cps') + desk.header('cpe')],
    ['holds one and a comma', () => `${desk.header('cps')},`],
    ['comes twice', () => [desk.header('cps'), desk.header('cps')]],
    ['comes twice, of two people', () => [desk.header('cps'), desk.header('cpe')]],
    [
      'holds a certificate and its chain',
      () => desk.header('cps') + encodeURIComponent(desk.text('trust.pem')),
    ],
    ['is longer than any card’s', () => desk.header('cps') + '%0A'.repeat(4_000)],
  ])('that %s opens nothing', async (_what, header) => {
    const claire = await stage.person();
    await linkTo(stage, claire.id, CLAIRE);
    const answer = await present({ ...proven('cps'), 'x-client-cert': header() });
    expect(answer.outcome).toBe('401 certificate.rejected');
    const row = await stage.database.row<{ reason: string }>(
      "SELECT reason FROM auditEvent WHERE means = 'cpx' ORDER BY id DESC LIMIT 1",
    );
    expect(row?.reason).toBe('card-malformed');
  });

  it.each([
    'expired',
    'revoked',
    'signature',
    'other-authority',
    'self-signed',
    'service-card',
    'organisation',
  ])('is verified again whatever the proxy believed: %s', async (card) =>
    expect((await present(proven(card))).outcome).toBe('401 certificate.rejected'),
  );

  it('of an unknown, invited or deactivated person gets the same refusal', async () => {
    for (const status of [undefined, 'INVITED', 'DEACTIVATED']) {
      if (status) await linkTo(stage, (await stage.person({ status })).id, '899700218896');
      expect((await present(proven('stranger'))).outcome).toBe('403 account.not-linked');
    }
  });

  it('never finds an account by mail or name: only the national id counts', async () => {
    const paul = await stage.person();
    await stage.database.execute(
      "UPDATE account SET displayName = 'ISABELLE SPECIALISTE0021889' WHERE id = ?",
      [paul.id],
    );
    await stage.database.execute("UPDATE account SET nationalId = NULL WHERE nationalId = '899700218896'");
    expect((await present(proven('stranger'))).outcome).toBe('403 account.not-linked');
  });

  it('has its turn after a hundred refusals from one address, and another address does not wait', async () => {
    const address = { 'x-forwarded-for': '203.0.113.77' };
    for (let count = 0; count < 101; count++) await present({ ...proven('expired'), ...address });
    // Thirty turns in ten seconds, of which each refusal uses one.
    const more = await concurrently(40, () => present({ ...proven('expired'), ...address }));
    expect(more.results.map(({ outcome }) => outcome)).toContain('429 attempts.exceeded');
    expect((await present(proven('expired'))).outcome).toBe('401 certificate.rejected');
  });

  it('needs an empty body, and the origin of our pages', async () => {
    const browser = stage.visitor();
    const named = browser.post('/api/sign-in/cpx', { nationalId: CLAIRE }, { headers: proven('cps') });
    expect((await named).outcome).toBe('422 validation.failed');
    const foreign = { ...proven('cps'), origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await present(foreign)).outcome).toBe('403 origin.refused');
  });

  it('is among the means, in its place', async () => {
    const { body } = await stage.visitor().get('/api/sign-in/means');
    const ids = body.means.map((one: { id: string }) => one.id);
    expect(ids).toEqual(['pro-sante-connect', 'cpx', 'passkey', 'password']);
    expect(body.means[1].available).toBe(true);
  });

  describe('links an account', () => {
    it('of a user signed in with password and code, once, to that card only', async () => {
      const zoe = await stage.person();
      const browser = stage.visitor();
      await zoe.signIn(browser);
      const link = (card: string) => browser.post('/api/account/card', {}, { headers: proven(card) });
      expect((await link('cpf')).body).toEqual({ nationalId: '89•••••••336' });
      expect((await link('cpf')).outcome).toBe('200');
      expect((await link('cpa')).outcome).toBe('409 account.already-linked');
      expect((await present(proven('cpf'))).body.session.account.username).toBe(zoe.username);
      const names = (await browser.get('/api/account/activity')).body.items.map(
        (one: { name: string }) => one.name,
      );
      expect(names).toEqual(expect.arrayContaining(['card_linked', 'card_link_fail']));
    });

    it('and unlinks it, with a fresh proof: other sessions end, the card opens nothing, the person is notified', async () => {
      const zoe = await stage.person();
      await linkTo(stage, zoe.id, '899700401336');
      const [browser, elsewhere] = [stage.visitor(), stage.visitor()];
      await zoe.signIn(browser);
      await elsewhere.post('/api/sign-in/cpx', {}, { headers: proven('cpf') });
      expect((await elsewhere.get('/api/session')).body.session.means).toBe('cpx');
      expect((await stage.visitor().delete('/api/account/national-id')).outcome).toBe('401 session.required');
      expect((await browser.delete('/api/account/national-id')).body.nationalId).toBeNull();
      expect((await elsewhere.get('/api/session')).outcome).toBe('401 session.required');
      expect((await present(proven('cpf'))).outcome).toBe('403 account.not-linked');
      // A second time changes nothing, and sends no notice.
      expect((await browser.delete('/api/account/national-id')).body.nationalId).toBeNull();
      const notices = await stage.database.rows(
        "SELECT kind FROM notice WHERE subjectId = ? AND kind LIKE 'identity-%'",
        [zoe.id],
      );
      expect(notices).toEqual([{ kind: 'identity-unlinked' }]);
      const written = await stage.database.rows(
        "SELECT data FROM auditEvent WHERE accountId = ? AND name = 'identity_unlinked'",
        [zoe.id],
      );
      expect(written).toEqual([{ data: expect.stringContaining('89•••••••336') as string }]);
    });

    it('and does not unlink it with a proof older than 5 minutes', async () => {
      const zoe = await stage.person();
      await linkTo(stage, zoe.id, '899700401336');
      const browser = stage.visitor();
      await zoe.signIn(browser);
      await stage.server.advance(5 * 60_000);
      const refused = await browser.delete('/api/account/national-id');
      expect(refused.outcome).toBe('401 reauthentication.required');
      expect((await browser.get('/api/account')).body.nationalId).toBe('89•••••••336');
    });

    it('not in a session opened with the card: a thief must not replace it by another', async () => {
      const zoe = await stage.person();
      await linkTo(stage, zoe.id, '899700401336');
      const thief = stage.visitor();
      await thief.post('/api/sign-in/cpx', {}, { headers: proven('cpf') });
      await thief.delete('/api/account/national-id');
      const answer = await thief.post('/api/account/card', {}, { headers: proven('cpa') });
      expect(answer.outcome).toBe('403 password.required');
      expect((await thief.get('/api/account')).body.nationalId).toBeNull();
      const written = await stage.database.rows(
        "SELECT reason FROM auditEvent WHERE accountId = ? AND name = 'card_link_fail'",
        [zoe.id],
      );
      expect(written).toEqual([{ reason: 'password-required' }]);
    });

    it('by the administrator’s command, which replaces no link', async () => {
      const maria = await stage.person();
      const link = (username: string) => stage.command(['account', 'link', username, '30B0057881/CPET0002']);
      expect((await link(maria.username)).code).toBe(0);
      expect((await present(proven('cpe'))).body.session.account.username).toBe(maria.username);
      const other = await link((await stage.person()).username);
      expect(other).toMatchObject({ code: 1, output: expect.stringContaining('Not linked') as string });
    });

    it('never with a card that is another’s already', async () => {
      const [owner, thief] = [await stage.person(), await stage.person()];
      await linkTo(stage, owner.id, '899700434378');
      const browser = stage.visitor();
      await thief.signIn(browser);
      const answer = await browser.post('/api/account/card', {}, { headers: proven('dotted-upn') });
      expect(answer.outcome).toBe('409 account.already-linked');
      expect((await present(proven('dotted-upn'))).body.session.account.username).toBe(owner.username);
    });

    it('not without a session, nor with a proof that is 5 minutes old, nor with a refused card', async () => {
      const claire = await stage.person();
      const browser = stage.visitor();
      const link = (card: string) => browser.post('/api/account/card', {}, { headers: proven(card) });
      expect((await link('sandbox-id')).outcome).toBe('401 session.required');
      await claire.signIn(browser);
      expect((await link('revoked')).outcome).toBe('401 certificate.rejected');
      await stage.server.advance(5 * 60_000);
      expect((await link('sandbox-id')).outcome).toBe('401 reauthentication.required');
    });
  });
});

describe('a certificate in a header from an address that is not the proxy’s', () => {
  const stage = new Stage({
    environment: { ...desk.settings, CPX_PROXY_SECRET: PROXY_SECRET, TRUSTED_PROXIES: '192.0.2.1' },
  });

  beforeAll(() => stage.open(), 60_000);
  afterAll(() => stage.close(), 20_000);

  it('is ignored, though it knows the secret and claims the address', async () => {
    const claire = await stage.person();
    await linkTo(stage, claire.id, CLAIRE);
    const headers = {
      'x-client-cert': desk.header('cps'),
      'x-portillon-proxy-secret': PROXY_SECRET,
      'x-forwarded-for': '192.0.2.1',
    };
    const answer = await stage.visitor().post('/api/sign-in/cpx', {}, { headers });
    expect(answer.outcome).toBe('401 certificate.missing');
  });
});
