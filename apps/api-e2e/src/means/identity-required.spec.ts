import { SoftAuthenticator } from '@portillon/testing/servers';
import { addPasskey } from '../harness/people/add-passkey';
import type { Answer } from '../harness/people/answer.types';
import type { Person } from '../harness/people/person';
import { ProviderBrowser } from '../harness/services/psc-provider';
import { PscStage, PUBLIC_URL } from '../harness/services/psc-stage';
import type { Visitor } from '../harness/people/visitor';

const DAY = 86_400_000;
const YEAR = 365 * DAY;
const REFUSED = '403 identity.unverified';

describe('a date from which a structure wants identities verified', () => {
  const psc = new PscStage(undefined, PUBLIC_URL, {}, { PASSKEYS: 'on', TEST_TURN_MS: '250' });
  let national: Visitor;
  let structureId: string;

  beforeAll(() => psc.open(), 60_000);
  afterAll(() => psc.close(), 20_000);
  beforeEach(async () => {
    national = (await psc.stage.signedIn({ role: 'national-admin', structureId: null })).browser;
    structureId = await psc.stage.structure();
  });

  const inDays = (days: number) => new Date(Date.now() + days * DAY);
  const dateIn = (days: number) =>
    psc.stage.database.execute('UPDATE structure SET identityRequiredFromAt = ? WHERE id = ?', [
      inDays(days),
      structureId,
    ]);
  const verifiedAgo = ({ id }: Person, ms: number) =>
    psc.stage.database.execute(
      "UPDATE account SET identityMethod = 'face-to-face', identityVerifiedAt = ? WHERE id = ?",
      [new Date(Date.now() - ms), id],
    );
  const told = async (browser: Visitor) =>
    (await browser.get('/api/account/strong-means')).body.identityRequiredFrom as string | null;
  const refusals = (person: Person) =>
    psc.stage.database.rows(
      "SELECT means, reason FROM auditEvent WHERE accountId = ? AND name = 'authn_login_fail' ORDER BY id",
      [person.id],
    );
  async function byPasskey(key: SoftAuthenticator, visitor = psc.visitor()): Promise<Answer> {
    const { body } = await visitor.post('/api/sign-in/passkey/options', {});
    return visitor.post('/api/sign-in/passkey', { credential: key.get(body.options) });
  }

  it('is announced to affected users 30 days before, and refuses no one earlier', async () => {
    const { person, browser } = await psc.stage.signedIn({ structureId });
    await dateIn(31);
    expect(await told(browser)).toBeNull();
    await dateIn(29);
    expect(await told(browser)).not.toBeNull();
    expect((await person.signIn(psc.visitor())).outcome).toBe('200');
    await verifiedAgo(person, DAY);
    expect(await told(browser)).toBeNull();
    await verifiedAgo(person, 3 * YEAR - 10 * DAY);
    await dateIn(-400);
    // Due in some days: announced before, and still let in.
    expect(await told(browser)).not.toBeNull();
    expect((await person.signIn(psc.visitor())).outcome).toBe('200');
  });

  it('refuses password, code and passkey of an unverified person, and explains what to do', async () => {
    const { person, browser } = await psc.stage.signedIn({ structureId });
    const { key } = await addPasskey(browser, new SoftAuthenticator(PUBLIC_URL));
    const halfWay = psc.visitor();
    await person.givePassword(halfWay);
    const code = person.codeInMail();
    await dateIn(-1);

    expect((await halfWay.post('/api/sign-in/code', { code })).outcome).toBe('401 sign-in.required');
    const sent = person.mailCount();
    const refused = await person.givePassword(psc.visitor());
    expect(refused.outcome).toBe(REFUSED);
    expect(refused.body.detail).toContain('l’administrateur de votre structure');
    expect((await person.givePassword(browser)).outcome).toBe(REFUSED);
    expect((await byPasskey(key)).outcome).toBe(REFUSED);
    expect(person.mailCount()).toBe(sent);
    expect(await refusals(person)).toMatchObject([
      { means: 'password', reason: 'identity-unverified' },
      { means: 'password', reason: 'identity-unverified' },
      { means: 'passkey', reason: 'identity-unverified' },
    ]);
    const { body } = await national.get(`/api/admin/accounts/${person.id}/ways-in`);
    expect(body).toMatchObject({ canEnter: 'no', reasons: [{ code: 'identity-unverified' }, {}] });
  });

  it('lets an e-CPS in, which verifies: then the password does too, until that is due again', async () => {
    const person = await psc.professional();
    await psc.stage.database.execute('UPDATE account SET structureId = ? WHERE id = ?', [
      structureId,
      person.id,
    ]);
    await dateIn(-1);
    expect((await person.givePassword(psc.visitor())).outcome).toBe(REFUSED);
    const browser = psc.visitor();
    const { location } = await psc
      .leave(browser)
      .then((to) => new ProviderBrowser().signIn(to, person.id))
      .then((back) => browser.get(back.pathname + back.search))
      .then(({ headers }) => headers);
    expect(location).not.toContain('erreur');
    expect((await browser.get('/api/session')).status).toBe(200);
    expect((await person.signIn(psc.visitor())).outcome).toBe('200');
    await verifiedAgo(person, 3 * YEAR + 2 * DAY);
    expect((await person.givePassword(psc.visitor())).outcome).toBe(REFUSED);
  });

  it('lets in whom an administrator of the structure attests face to face', async () => {
    const administrator = await psc.stage.signedIn({ role: 'structure-admin', structureId });
    const person = await psc.stage.person({ structureId });
    await dateIn(-1);
    expect((await person.givePassword(psc.visitor())).outcome).toBe(REFUSED);
    const body = { reason: 'Carte d’identité vue' };
    const attested = await administrator.browser.post(`/api/admin/accounts/${person.id}/identity`, body);
    expect(attested.outcome).toBe('200');
    expect((await person.signIn(psc.visitor())).outcome).toBe('200');
  });

  it('lets in by an emergency access that an administrator opened', async () => {
    const person = await psc.stage.person({ structureId });
    await dateIn(-1);
    expect((await person.givePassword(psc.visitor())).outcome).toBe(REFUSED);
    const opened = { means: 'password', hours: 1, reason: 'garde de nuit' };
    await national.post(`/api/admin/accounts/${person.id}/emergency-access`, opened);
    expect((await person.signIn(psc.visitor())).outcome).toBe('200');
  });

  it('reveals to a password guesser neither the rule nor that the name exists', async () => {
    const person = await psc.stage.person({ structureId });
    await dateIn(-1);
    const guess = async (username: string) => {
      const { status, body } = await psc
        .visitor()
        .post('/api/sign-in/password', { username, password: 'Not-The-Password-2026' });
      return {
        status,
        code: body.code as string,
        title: body.title as string,
        detail: body.detail as string,
      };
    };
    expect(await guess(person.username)).toEqual(await guess('nobody.at.all'));
    expect(await refusals(person)).toMatchObject([{ reason: 'wrong-password' }]);
  });

  it('is set with the other rules, which keep it where they leave it out, and shown with whom it keeps out', async () => {
    const never = await psc.stage.person({ structureId });
    await verifiedAgo(await psc.stage.person({ structureId }), DAY);
    const identityRequiredFrom = '2027-03-01T00:00:00.000Z';
    const effect = await national.get(
      `/api/admin/policies/${structureId}/effect?identityRequiredFrom=${identityRequiredFrom}`,
    );
    expect(effect.body).toMatchObject({
      people: 2,
      withoutIdentity: { count: 1, items: [{ id: never.id }] },
      identityRequiredFrom,
    });
    const asked = {
      smsForbidden: false,
      mailFirstTimeOnly: false,
      codeWindowHours: null,
      proSanteConnectFrom: null,
    };
    const put = (changes: object, version: number) =>
      national.put(
        `/api/admin/policies/${structureId}`,
        { ...asked, ...changes },
        { headers: { 'if-match': `"${version}"` } },
      );
    expect((await put({ identityRequiredFrom: 'soon' }, 1)).outcome).toBe('422 validation.failed');
    expect((await put({ identityRequiredFrom }, 1)).body).toMatchObject({ identityRequiredFrom });
    const given = { fourEyes: true, strongMeansFrom: identityRequiredFrom, passkeyKind: 'device' };
    expect((await put(given, 2)).body).toMatchObject({ ...given, identityRequiredFrom });
    expect((await put({}, 3)).body).toMatchObject({ ...given, identityRequiredFrom });
    const lifted = { strongMeansFrom: null, identityRequiredFrom: null };
    expect((await put(lifted, 4)).body).toMatchObject({ ...given, ...lifted });
    const { browser: stranger } = await psc.stage.signedIn({ role: 'structure-admin' });
    expect((await stranger.get(`/api/admin/policies/${structureId}/effect`)).outcome).toBe('404 not-found');
  });
});
