import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import type { AccountDraft } from '../account/account.types';
import { accountServices } from '../testing/account.fixture';

const RPPS = '810003461033';
const DAY_MS = 86_400_000;

describeOnEveryEngine('the identity of an account', [accountPersistence], (testDatabase) => {
  const clock = new SettableClock();
  let services: ReturnType<typeof accountServices>;

  beforeEach(async () => {
    services = accountServices(testDatabase.dataSource, clock);
    await testDatabase.empty();
  });

  const inOne: typeof testDatabase.transactions.run = (work) => testDatabase.transactions.run(work);

  async function open(username: string, draft: Partial<AccountDraft> = {}): Promise<string> {
    const whole = { username, email: `${username}@h.example`, displayName: 'Élise Martin', ...draft };
    const made = await inOne((tx) => services.accounts.create(whole, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }
  const proven = (id: string, nationalId = RPPS) =>
    inOne((tx) => services.identities.recordVerified(id, nationalId, 'pro-sante-connect', tx));
  const attest = (id: string) => inOne((tx) => services.identities.attest(id, 'nadia', tx));
  const read = async (id: string) => (await services.accounts.get(id))!;
  const only = async (selection: 'IDENTITY_UNVERIFIED' | 'IDENTITY_DUE') =>
    (await services.accounts.list({ limit: 50, only: selection })).items.map(({ username }) => username);

  it('comes with names, which an account without names stores', async () => {
    const stated = { givenName: 'Élise', familyName: 'MARTIN' };
    const named = async (username: string, draft: Partial<AccountDraft>, names = stated) => {
      const id = await open(username, draft);
      await inOne((tx) => services.identities.recordNames(id, names, tx));
      const { givenName, familyName, displayName } = await read(id);
      return [givenName, familyName, displayName];
    };
    expect(await named('one', {})).toEqual(['Élise', 'MARTIN', 'Élise Martin']);
    expect(await named('two', { familyName: 'Roux' })).toEqual([null, 'Roux', 'Élise Martin']);
    const long = { givenName: 'a'.repeat(100), familyName: 'MARTIN' };
    expect(await named('three', {}, long)).toEqual([null, null, 'Élise Martin']);
  });

  it('is not set until it is verified', async () => {
    expect(await read(await open('elise'))).toMatchObject({ identity: null, identityVerifiedBy: null });
  });

  it("is proved by the account's own national id only", async () => {
    const id = await open('elise', { nationalId: RPPS });
    expect(await proven(id, '899700366240')).toBe(false);
    expect((await read(id)).identity).toBeNull();
    expect(await proven(id)).toBe(true);
    const identity = { method: 'pro-sante-connect', at: clock.now() };
    expect(await read(id)).toMatchObject({ identity, identityVerifiedBy: null, version: 1 });
    expect((await services.accounts.findByNationalId(RPPS))!.identity).toEqual(identity);
  });

  it("is attested with the administrator's name, unless the account is closed", async () => {
    const id = await open('elise');
    expect(await attest(id)).toBe(true);
    const identity = { method: 'face-to-face', at: clock.now() };
    expect(await read(id)).toMatchObject({ identity, identityVerifiedBy: 'nadia', version: 2 });
    await inOne((tx) => services.administration.deactivate(id, tx));
    expect(await attest(id)).toBe(false);
  });

  it('is removed with the card or e-CPS that proved it, unless an administrator verified the person', async () => {
    const byCard = await open('elise', { nationalId: RPPS });
    await proven(byCard);
    await inOne((tx) => services.accounts.unlinkNationalId(byCard, RPPS, tx));
    expect((await read(byCard)).identity).toBeNull();
    const known = await open('paul', { nationalId: RPPS });
    await attest(known);
    await inOne((tx) => services.accounts.unlinkNationalId(known, RPPS, tx));
    expect((await read(known)).identity).toMatchObject({ method: 'face-to-face' });
  });

  it('leaves no data when the person is erased', async () => {
    const id = await open('elise', { nationalId: RPPS });
    await attest(id);
    await inOne((tx) => services.administration.requestErasure(id, tx));
    await inOne((tx) => services.administration.erase(id, { is: 'asked' }, tx));
    expect(await read(id)).toMatchObject({ identity: null, identityVerifiedBy: null, directory: null });
  });

  it('is listed if it was never verified, or is due after three years', async () => {
    const verified = await open('anne');
    await open('bruno');
    const closed = await open('chloe');
    await inOne((tx) => services.administration.deactivate(closed, tx));
    await attest(verified);
    expect(await only('IDENTITY_UNVERIFIED')).toEqual(['bruno']);
    clock.advance(3 * 365 * DAY_MS);
    expect(await only('IDENTITY_DUE')).toEqual([]);
    clock.advance(2 * DAY_MS);
    expect(await only('IDENTITY_DUE')).toEqual(['anne']);
    expect(await services.accounts.count({ only: 'IDENTITY_DUE' })).toBe(1);
    const counted = { people: 2, unverified: 1, due: 1, unknownToDirectory: 0 };
    expect(await services.counts.countIdentities(null)).toEqual(counted);
    const nobody = { people: 0, unverified: 0, due: 0, unknownToDirectory: 0 };
    expect(await services.counts.countIdentities(['elsewhere'])).toEqual(nobody);
  });
});
