import { CardDesk, linkTo, PROXY_SECRET } from '../harness/people/card-desk';
import type { Person } from '../harness/people/person';
import { newNationalId, PscStage } from '../harness/services/psc-stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

const CLAIRE = '899700366240';
const NOT_LINKED = { cpx: '403 account.not-linked', psc: '/connexion?erreur=account.not-linked' };

/** The one policy point, as each of the three means meets it: on the server, not in a unit. */
describe('the rules of a means', () => {
  const desk = new CardDesk('portillon.test');
  const cards = { ...desk.settings, CPX_PROXY_SECRET: PROXY_SECRET };
  const psc = new PscStage(undefined, undefined, {}, cards);
  let national: Visitor;

  beforeAll(async () => {
    await psc.open();
    national = (await psc.stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 60_000);
  afterAll(async () => {
    await psc.close();
    await desk.close();
  }, 20_000);

  /** A person in a separate structure, whose card and e-CPS have one id. */
  async function claire(): Promise<{ person: Person; structureId: string }> {
    const structureId = await psc.stage.structure();
    const person = await psc.stage.person({ structureId });
    await linkTo(psc.stage, person.id, CLAIRE);
    await psc.provider.knows(person.id, { SubjectNameID: CLAIRE });
    return { person, structureId };
  }
  const byCard = async (browser = psc.visitor()): Promise<string> => {
    const headers = { 'x-client-cert': desk.header('cps'), 'x-portillon-proxy-secret': PROXY_SECRET };
    return (await browser.post('/api/sign-in/cpx', {}, { headers })).outcome;
  };
  const byPsc = async (person: Person, browser = psc.visitor()): Promise<string | undefined> =>
    (await psc.signIn(browser, person.id)).headers.location;
  const byPassword = async (person: Person, browser = psc.visitor()): Promise<string> => {
    const answer = await person.givePassword(browser);
    return answer.status === 200 ? (answer.body.status as string) : answer.outcome;
  };
  const act = (person: Person, name: string, body: object = {}): Promise<Answer> =>
    national.post(`/api/admin/accounts/${person.id}/${name}`, body);
  const compel = (structureId: string, from: Date) =>
    national.put(
      `/api/admin/policies/${structureId}`,
      { smsForbidden: false, mailFirstTimeOnly: false, codeWindowHours: null, proSanteConnectFrom: from },
      { headers: { 'if-match': '"1"' } },
    );
  const reasons = async (person: Person) => {
    const rows = await psc.stage.database.rows<{ means: string; reason: string; data: string | null }>(
      "SELECT means, reason, data FROM auditEvent WHERE accountId = ? AND name = 'authn_login_fail' ORDER BY id",
      [person.id],
    );
    return rows.map(({ means, reason, data }) => ({ means, reason, ...JSON.parse(data ?? '{}') }));
  };
  const soon = (milliseconds: number) => new Date(Date.now() + milliseconds);

  it('a card and an e-CPS open the account without a code, each under its own means', async () => {
    const { person } = await claire();
    const [card, ecps] = [psc.visitor(), psc.visitor()];
    expect(await byCard(card)).toBe('200');
    expect(await byPsc(person, ecps)).toBe('/');
    const sessionOf = async (browser: Visitor) => (await browser.get('/api/session')).body.session as object;
    const common = { account: { username: person.username }, codeValidUntil: null };
    expect(await sessionOf(card)).toMatchObject({
      ...common,
      means: 'cpx',
      acr: 'urn:portillon:acr:cpx',
      amr: ['sc'],
    });
    expect(await sessionOf(ecps)).toMatchObject({ ...common, means: 'pro-sante-connect', acr: 'eidas1' });
  });

  it('wrong passwords lock only the password, and an administrator unlocks it', async () => {
    const { person } = await claire();
    const guesser = psc.visitor();
    for (let turn = 0; turn < 6; turn++) await person.givePassword(guesser, 'wrong');
    expect(await byPassword(person, guesser)).toBe('429 attempts.exceeded');
    expect(await byCard()).toBe('200');
    expect(await byPsc(person)).toBe('/');
    expect((await act(person, 'unlock')).status).toBe(200);
    expect(await byPassword(person, guesser)).toBe('code-required');
  });

  it('refuses a deactivated person and ends their sessions', async () => {
    const { person } = await claire();
    const [card, ecps] = [psc.visitor(), psc.visitor()];
    await byCard(card);
    await byPsc(person, ecps);
    expect((await act(person, 'deactivate', { reason: 'left' })).status).toBe(200);
    for (const browser of [card, ecps])
      expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect(await byCard()).toBe(NOT_LINKED.cpx);
    expect(await byPsc(person)).toBe(NOT_LINKED.psc);
    expect(await byPassword(person)).toBe('401 credentials.rejected');
    expect(await reasons(person)).toMatchObject([
      {
        means: 'cpx',
        reason: 'deactivated',
        cardSerial: '8025000001/2600366240',
        nationalId: '89•••••••240',
      },
      {
        means: 'pro-sante-connect',
        reason: 'deactivated',
        subject: person.id,
        nationalId: '89•••••••240',
      },
      { means: 'password' },
    ]);
    expect((await act(person, 'reactivate')).status).toBe(200);
    expect(await byCard()).toBe('200');
    expect(await byPsc(person)).toBe('/');
  });

  it('a structure that wants Pro Santé Connect gets it at its date and not before; the card is refused too', async () => {
    const { person, structureId } = await claire();
    expect((await compel(structureId, soon(3_600_000))).status).toBe(200);
    expect(await byCard()).toBe('200');
    expect(await byPassword(person)).toBe('code-required');
    await psc.stage.database.execute('UPDATE structure SET proSanteConnectFromAt = ? WHERE id = ?', [
      soon(-1_000),
      structureId,
    ]);
    expect(await byCard()).toBe('403 means.unavailable');
    expect(await byPassword(person)).toBe('403 means.unavailable');
    expect(await byPsc(person)).toBe('/');
    expect(await reasons(person)).toMatchObject([
      { means: 'cpx', reason: 'means-forbidden', cardSerial: '8025000001/2600366240' },
      { means: 'password', reason: 'means-forbidden' },
    ]);
  });

  it('emergency access allows the card to a user who must use Pro Santé Connect, only for its time', async () => {
    const { person, structureId } = await claire();
    await compel(structureId, soon(-1_000));
    expect(await byCard()).toBe('403 means.unavailable');
    const asked = { means: 'cpx', hours: 1, reason: 'phone lost' };
    expect((await act(person, 'emergency-access', asked)).body.emergencyAccess.means).toBe('cpx');
    const browser = psc.visitor();
    expect(await byCard(browser)).toBe('200');
    // For the card alone.
    expect(await byPassword(person)).toBe('403 means.unavailable');
    expect((await act(person, 'close-emergency-access')).status).toBe(200);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
    expect(await byCard()).toBe('403 means.unavailable');
  });

  it('an id that was never linked opens no session by either means', async () => {
    const { person } = await claire();
    await linkTo(psc.stage, person.id, newNationalId());
    expect(await byCard()).toBe(NOT_LINKED.cpx);
    expect(await byPsc(person)).toBe(NOT_LINKED.psc);
  });
});
