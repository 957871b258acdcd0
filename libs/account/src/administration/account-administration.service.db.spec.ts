import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { AccountAdministrationService } from './account-administration.service';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from '../account/account.service';
import type { AccountChanges, AccountDraft } from '../account/account.types';
import type { AccountSearchService } from '../search/account-search.service';
import { accountServices } from '../testing/account.fixture';

describeOnEveryEngine('accounts that are administered', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let administration: AccountAdministrationService;
  let search: AccountSearchService;

  beforeEach(async () => {
    ({ accounts, administration, search } = accountServices(bench.dataSource, clock));
    await bench.empty();
  });

  async function open(username: string, draft: Partial<AccountDraft> = {}): Promise<string> {
    const whole = { username, email: `${username}@h.example`, displayName: 'Élise Martin', ...draft };
    const made = await inOne((tx) => accounts.create(whole, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }
  const inOne: typeof bench.transactions.run = (work) => bench.transactions.run(work);

  it('are edited in the version that was read, or not at all', async () => {
    const id = await open('elise');
    const edit = (version: number, who = id) =>
      inOne((tx) => administration.edit(who, { displayName: 'Élise Roux' }, version, tx));
    expect(await edit(1)).toEqual({ status: 'edited' });
    expect(await edit(1)).toEqual({ status: 'moved' });
    expect(await edit(1, 'another')).toEqual({ status: 'missing' });
    expect(await accounts.get(id)).toMatchObject({ displayName: 'Élise Roux', version: 2 });
  });

  it('keep fields that an edit leaves out, and refuse the user name of another', async () => {
    const id = await open('elise', { roles: ['structure-admin'], structureId: 's1' });
    await open('paul');
    const before = await accounts.get(id);
    const taken = await inOne((tx) => administration.edit(id, { username: 'PAUL' }, 1, tx));
    expect(taken).toEqual({ status: 'username-taken' });
    clock.advance(60_000);
    await inOne((tx) => administration.edit(id, { locale: 'en' }, 1, tx));
    expect(await accounts.get(id)).toEqual({ ...before, locale: 'en', version: 2, changedAt: clock.now() });
  });

  describe('with the parts of a name', () => {
    const parts = { givenName: 'Claire', familyName: 'Martin' };
    const edited = async (draft: Partial<AccountDraft>, ...edits: AccountChanges[]) => {
      const id = await open('claire', draft);
      for (const [index, changes] of edits.entries())
        await inOne((tx) => administration.edit(id, changes, index + 1, tx));
      const { displayName, givenName, familyName } = (await accounts.get(id))!;
      return [displayName, givenName, familyName];
    };

    it('are named by them, and the display name follows as long as it is made of them', async () => {
      const whole = { ...parts, displayName: 'Claire Martin' };
      expect(await edited(whole, { familyName: 'Durand' })).toEqual(['Claire Durand', 'Claire', 'Durand']);
      expect((await search.find({ text: 'durand', limit: 10 })).items).toHaveLength(1);
      await bench.empty();
      expect(await edited(whole, { familyName: null }, { familyName: 'Roux' })).toEqual([
        'Claire Roux',
        'Claire',
        'Roux',
      ]);
      await bench.empty();
      expect(await edited(whole, { familyName: null, givenName: null })).toEqual([
        'Claire Martin',
        null,
        null,
      ]);
    });

    it.each<[string, Partial<AccountDraft>, AccountChanges, string]>([
      ['was set by hand', { ...parts, displayName: 'Dr Martin' }, { familyName: 'Durand' }, 'Dr Martin'],
      ['was there before the parts', { displayName: 'Dr Martin' }, parts, 'Dr Martin'],
      [
        'comes with them',
        { ...parts, displayName: 'Claire Martin' },
        { familyName: 'Durand', displayName: 'Dr D.' },
        'Dr D.',
      ],
    ])('keep a display name that %s', async (_, draft, changes, displayName) => {
      expect((await edited(draft, changes))[0]).toBe(displayName);
    });

    it.each(['a'.repeat(100), 'Claire\n', ' ', ''])('do not accept %j as a name', async (givenName) => {
      const refusal = { errors: [{ field: 'givenName', code: 'invalid' }] };
      await expect(open('claire', { givenName })).rejects.toMatchObject(refusal);
    });
  });

  it('deleted by a directory are hidden from it until they are reopened', async () => {
    const id = await open('elise', { structureId: 's1', status: 'DEACTIVATED' });
    await open('paul', { structureId: 's1' });
    const seen = async () => (await accounts.findSlice('s1', 0, 10)).total;
    const remove = () => inOne((tx) => administration.remove(id, tx));
    expect([await seen(), await remove(), await remove(), await seen()]).toEqual([2, true, false, 1]);
    expect(await accounts.get(id)).toMatchObject({ removedAt: clock.now(), closedAt: clock.now() });
    await inOne((tx) => administration.reactivate(id, tx));
    expect([await remove(), await seen()]).toEqual([false, 2]);
    await inOne((tx) => administration.requestErasure(id, tx));
    await inOne((tx) => administration.erase(id, { is: 'asked' }, tx));
    expect(await seen()).toBe(1);
  });

  it('that a directory restores stay closed, since the same day', async () => {
    const id = await open('elise', { status: 'DEACTIVATED' });
    await inOne((tx) => administration.remove(id, tx));
    const { version, closedAt } = (await accounts.get(id))!;
    const restored = () => inOne((tx) => administration.edit(id, { removedAt: null }, version, tx));
    expect([await restored(), await restored()]).toEqual([{ status: 'edited' }, { status: 'moved' }]);
    expect(await accounts.get(id)).toMatchObject({ status: 'DEACTIVATED', removedAt: null, closedAt });
  });

  it('lose their emergency access when closed, and keep their state when reopened', async () => {
    const id = await open('elise', { passwordDigest: 'digest' });
    const until = clock.now();
    await inOne((tx) => administration.openEmergencyAccess(id, { means: 'password', until }, tx));
    expect((await accounts.get(id))!.emergency).toEqual({ means: 'password', until });
    expect(await inOne((tx) => administration.deactivate(id, tx))).toBe(true);
    expect(await accounts.get(id)).toMatchObject({ status: 'DEACTIVATED', emergency: null });
    const access = { means: 'password', until } as const;
    expect(await inOne((tx) => administration.openEmergencyAccess(id, access, tx))).toBe(false);
    expect(await inOne((tx) => administration.reactivate(id, tx))).toBe(true);
    expect(await inOne((tx) => administration.reactivate(id, tx))).toBe(false);
    // The password is older than the closing.
    const passwordVoid = { reason: 'closing', since: clock.now() };
    expect(await accounts.get(id)).toMatchObject({ status: 'ACTIVE', passwordVoid });
  });

  it('that never had a password are reopened as invited', async () => {
    const id = await open('elise', { status: 'INVITED' });
    await inOne((tx) => administration.deactivate(id, tx));
    await inOne((tx) => administration.reactivate(id, tx));
    expect((await accounts.get(id))!.status).toBe('INVITED');
  });

  it("are erased permanently, and only at the person's request", async () => {
    const names = { givenName: 'Élise', familyName: 'Martin' };
    const id = await open('elise', { roles: ['national-admin'], nationalId: '899700366240', ...names });
    expect(await inOne((tx) => administration.erase(id, { is: 'asked' }, tx))).toBeUndefined();
    await inOne((tx) => administration.requestErasure(id, tx));
    expect(await inOne((tx) => administration.withdrawErasure(id, tx))).toBe(true);
    expect(await inOne((tx) => administration.erase(id, { is: 'asked' }, tx))).toBeUndefined();
    await inOne((tx) => administration.requestErasure(id, tx));
    const pseudonym = await inOne((tx) => administration.erase(id, { is: 'asked' }, tx));
    expect(await accounts.get(id)).toMatchObject({
      username: pseudonym,
      displayName: pseudonym,
      givenName: null,
      familyName: null,
      email: '',
      status: 'DEACTIVATED',
      roles: [],
      nationalId: null,
      passwordDigest: null,
      phone: null,
    });
    expect((await search.find({ text: 'elise', limit: 10 })).items).toEqual([]);
    expect(await inOne((tx) => administration.reactivate(id, tx))).toBe(false);
    expect(await inOne((tx) => administration.withdrawErasure(id, tx))).toBe(false);
    expect(await administration.nationalAdministrators()).toEqual([]);
  });

  it('are erased by the command line once, in the version that was read', async () => {
    const id = await open('elise');
    const { version } = (await accounts.get(id))!;
    const order = (seen: number) =>
      inOne((tx) => administration.erase(id, { is: 'ordered', version: seen }, tx));
    expect(await order(version + 1)).toBeUndefined();
    expect(await order(version)).toMatch(/^efface-/);
    expect(await order(version + 1)).toBeUndefined();
  });

  it('created by an import are deleted while they are untouched', async () => {
    const untouched = await open('elise', { status: 'INVITED' });
    const touched = await open('paul', { status: 'INVITED' });
    await accounts.setLocale(touched, 'en');
    expect(await inOne((tx) => administration.undoCreation(untouched, tx))).toBe(true);
    expect(await inOne((tx) => administration.undoCreation(touched, tx))).toBe(false);
    expect(await accounts.get(untouched)).toBeUndefined();
    const found = (await search.find({ text: 'elise', limit: 10 })).items;
    expect(found.map((account) => account.id)).toEqual([touched]);
  });

  it('keep one national administrator when another removes one', async () => {
    const stays = (id: string) => inOne((tx) => administration.staysNational(id, tx));
    const [first, professional] = [await open('elise', { roles: ['national-admin'] }), await open('paul')];
    expect([await stays(first), await stays(professional)]).toEqual([false, true]);
    const closed = await open('zoe', { roles: ['national-admin'], status: 'DEACTIVATED' });
    expect([await stays(first), await stays(closed)]).toEqual([false, true]);
    await open('nadia', { roles: ['national-admin', 'professional'] });
    expect(await stays(first)).toBe(true);
  });
});
