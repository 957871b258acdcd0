import { ageSession } from '../harness/people/age-session';
import type { Person } from '../harness/people/person';
import { ProviderBrowser } from '../harness/services/psc-provider';
import { newNationalId, useSharedPsc } from '../harness/services/psc-stage';
import { STRUCTURE } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

const DAY = 86_400_000;
const SEEN = { reason: 'Carte d’identité vue' };

describe('the identity of a person', () => {
  const psc = useSharedPsc();
  let national: Visitor;

  beforeEach(async () => {
    national = (await psc.stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  });

  const identityOf = async ({ id }: Pick<Person, 'id'>) =>
    (await national.get(`/api/admin/accounts/${id}`)).body.identity as Record<string, unknown> | null;
  const attest = (browser: Visitor, id: string, body: object = SEEN) =>
    browser.post(`/api/admin/accounts/${id}/identity`, body);
  const lines = (person: Person) =>
    psc.stage.database.rows<{ means: string | null; actorId: string | null }>(
      "SELECT means, actorId FROM auditEvent WHERE accountId = ? AND name = 'identity_verified' ORDER BY id",
      [person.id],
    );

  it('is verified by an e-CPS that they link, and is shown in their own data', async () => {
    const person = await psc.stage.person();
    await psc.provider.knows(person.id, { SubjectNameID: newNationalId(), email: person.email });
    const browser = psc.visitor();
    await person.signIn(browser);
    expect(await identityOf(person)).toBeNull();
    const { location } = (await browser.post('/api/account/pro-sante-connect')).body as { location: string };
    const back = await new ProviderBrowser().signIn(location, person.id);
    await browser.get(back.pathname + back.search);
    expect(await identityOf(person)).toMatchObject({
      method: 'pro-sante-connect',
      verifiedBy: null,
      isDue: false,
    });
    const { account } = (await browser.get('/api/account/data')).body;
    expect(account.identity).toMatchObject({ method: 'pro-sante-connect' });
  });

  it('is verified by a sign-in with the e-CPS that an administrator linked, once a year and not each time', async () => {
    const person = await psc.professional();
    expect(await identityOf(person)).toBeNull();
    await psc.signIn(psc.visitor(), person.id);
    const first = await identityOf(person);
    expect(first).toMatchObject({ method: 'pro-sante-connect' });
    await psc.signIn(psc.visitor(), person.id);
    expect(await identityOf(person)).toEqual(first);
    expect(await lines(person)).toEqual([{ means: 'pro-sante-connect', actorId: null }]);
    const longAgo = new Date(Date.parse(first!['verifiedAt'] as string) - 366 * DAY);
    const sql = 'UPDATE account SET identityVerifiedAt = ? WHERE id = ?';
    await psc.stage.database.execute(sql, [longAgo, person.id]);
    await psc.signIn(psc.visitor(), person.id);
    expect(await lines(person)).toHaveLength(2);
  });

  it('is attested face to face by an administrator who names the way; the person is notified, the journal records it', async () => {
    const person = await psc.stage.person();
    expect((await attest(national, person.id, {})).outcome).toBe('422 validation.failed');
    const attested = await attest(national, person.id);
    expect(attested.outcome).toBe('200');
    expect(attested.body.identity).toMatchObject({
      method: 'face-to-face',
      verifiedBy: { displayName: expect.any(String) as string },
    });
    await person.mailAbout('votre identité a été vérifiée');
    const [line] = await lines(person);
    expect(line!.actorId).toBe(attested.body.identity.verifiedBy.id);
  });

  it('is never attested by themselves, by another structure’s administrator, or by a stolen old session', async () => {
    const administrator = await psc.stage.signedIn({ role: 'structure-admin' });
    expect((await attest(administrator.browser, administrator.person.id)).outcome).toBe('409 act.on-self');
    const elsewhere = await psc.stage.person({ structureId: null });
    expect((await attest(administrator.browser, elsewhere.id)).outcome).toBe('404 not-found');
    const nobody = await psc.stage.signedIn({});
    expect((await attest(nobody.browser, elsewhere.id)).outcome).toBe('403 permission.denied');
    const stolen = await psc.stage.signedIn({ role: 'national-admin', structureId: null });
    await ageSession(psc.stage, stolen.person, 'authenticatedAt');
    expect((await attest(stolen.browser, elsewhere.id)).outcome).toBe('401 reauthentication.required');
    expect(await identityOf(elsewhere)).toBeNull();
  });

  it('that is not proven is asked for by mail, and no more once it is proven', async () => {
    const person = await psc.stage.person();
    const ask = () => national.post(`/api/admin/accounts/${person.id}/identity/request`, {});
    expect((await ask()).outcome).toBe('200');
    expect(await person.mailAbout('faites vérifier votre identité')).toContain('Pro Santé Connect');
    await attest(national, person.id);
    expect((await ask()).outcome).toBe('409 account.state');
    for (const status of ['INVITED', 'DEACTIVATED']) {
      const { id } = await psc.stage.person({ status });
      const asked = await national.post(`/api/admin/accounts/${id}/identity/request`, {});
      expect(asked.outcome).toBe('409 account.state');
    }
  });

  it('is counted where it is not proven, within the administrator’s reach', async () => {
    const counted = async (browser: Visitor, query = '') =>
      (await browser.get(`/api/admin/reports/identity${query}`)).body as Record<string, number | boolean>;
    const before = await counted(national, `?structure=${STRUCTURE.id}`);
    await psc.stage.person();
    const after = await counted(national, `?structure=${STRUCTURE.id}`);
    expect(after['unverified']).toBe(Number(before['unverified']) + 1);
    expect(after['directoryAsked']).toBe(false);
    const { browser } = await psc.stage.signedIn({ role: 'structure-admin' });
    const own = await counted(browser);
    expect(own['structure']).toBe(STRUCTURE.id);
    expect((await browser.get('/api/admin/reports/identity?structure=another')).outcome).toBe(
      '404 not-found',
    );
  });

  it('is found among the accounts where it was never verified, or is to be verified again', async () => {
    const found = async (only: string) => {
      const query = `structure=${STRUCTURE.id}&only=${only}&limit=100`;
      const { items } = (await national.get(`/api/admin/accounts?${query}`)).body;
      return (items as { id: string }[]).map(({ id }) => id);
    };
    const [unverified, verified, due] = [
      await psc.stage.person(),
      await psc.stage.person(),
      await psc.stage.person(),
    ];
    for (const { id } of [verified, due]) await attest(national, id);
    const sql = 'UPDATE account SET identityVerifiedAt = ? WHERE id = ?';
    await psc.stage.database.execute(sql, [new Date('2020-01-01T00:00:00.000Z'), due.id]);
    expect(await found('IDENTITY_UNVERIFIED')).toContain(unverified.id);
    expect(await found('IDENTITY_UNVERIFIED')).not.toContain(verified.id);
    expect(await found('IDENTITY_DUE')).toEqual([due.id]);
    expect(await identityOf(due)).toMatchObject({ isDue: true, dueAt: '2023-01-01T00:00:00.000Z' });
  });
});
