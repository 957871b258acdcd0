import { describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { AccountEntity } from './account.entity';
import { accountPersistence } from '../account.persistence';
import type { AccountAdministrationService } from '../administration/account-administration.service';
import type { AccountService } from './account.service';
import type { Account, AccountDraft } from './account.types';
import { NO_POLICY } from '@portillon/structure';
import type { StructureService } from '@portillon/structure';
import { accountServices } from '../testing/account.fixture';

const CLAIRE: AccountDraft = {
  username: 'Claire.Martin',
  email: 'Claire.Martin@hopital.example',
  displayName: 'Claire Martin',
};

describeOnEveryEngine('accounts', [accountPersistence], (testDatabase) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let structures: StructureService;
  let administration: AccountAdministrationService;

  beforeEach(async () => {
    ({ accounts, structures, administration } = accountServices(testDatabase.dataSource, clock));
    await testDatabase.empty();
  });

  async function open(draft: Partial<AccountDraft> = {}): Promise<Account> {
    const made = await accounts.create({ ...CLAIRE, ...draft }, testDatabase.dataSource.manager);
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  it('have no difference between entities and migrations', async () => {
    expect(await testDatabase.migrator.drift()).toEqual([]);
  });

  it('are returned completely, with the name of their structure', async () => {
    const made = await structures.create('Hôpital des Trois Dames');
    const structure = made.status === 'created' ? made.structure : undefined;
    const roles = ['professional', 'structure-admin'];
    const account = await open({
      structureId: structure!.id,
      roles,
      locale: 'en',
      nationalId: '899700366240',
      externalId: 'entra-1',
    });
    const absent =
      'givenName familyName removedAt closedAt erasureDueAt reportedEventAt reportMailbox passwordVoid';
    expect(account).toEqual({
      ...Object.fromEntries(absent.split(' ').map((name) => [name, null])),
      id: account.id,
      username: 'Claire.Martin',
      email: 'Claire.Martin@hopital.example',
      displayName: 'Claire Martin',
      locale: 'en',
      status: 'ACTIVE',
      roles,
      structure: { id: structure!.id, name: 'Hôpital des Trois Dames' },
      memberships: [
        {
          structure: { id: structure!.id, name: 'Hôpital des Trois Dames', finess: null },
          roles,
          function: null,
          manages: true,
          policy: NO_POLICY,
        },
      ],
      lastStructureId: null,
      ruledBy: {},
      administrationChangedAt: account.createdAt,
      accessChangedAt: null,
      fourEyesLeftAt: null,
      phone: null,
      codeChannel: 'EMAIL',
      nationalId: '899700366240',
      emailUnreachableSince: null,
      identity: null,
      identityVerifiedBy: null,
      directory: null,
      externalId: 'entra-1',
      passwordDigest: null,
      passwordChangedAt: null,
      lastSignedInAt: null,
      createdAt: clock.now(),
      changedAt: clock.now(),
      policy: NO_POLICY,
      emergency: null,
      erasureRequestedAt: null,
      invitedUntil: null,
      strongMeansPromptedAt: null,
      version: 1,
    });
    expect(await accounts.get(account.id)).toEqual(account);
  });

  it.each(['claire.martin', 'CLAIRE.MARTIN', ' Claire.Martin ', 'ｃｌａｉｒｅ.martin'])(
    'are found by their user name as people type it: "%s"',
    async (typed) => {
      const { id } = await open();
      expect((await accounts.findByUsername(typed))?.id).toBe(id);
    },
  );

  it.each(['clàire.martin', 'claire.martin2', '', '%', "' OR '1'='1", 'claire.martin\0', 'a'.repeat(65_000)])(
    'are not found by another: %j',
    async (typed) => {
      await open();
      expect(await accounts.findByUsername(typed)).toBeUndefined();
    },
  );

  it('are unique by user name and by national id', async () => {
    await open({ nationalId: '899700366240' });
    const again = (draft: Partial<AccountDraft>) =>
      accounts.create({ ...CLAIRE, ...draft }, testDatabase.dataSource.manager);
    expect(await again({ username: 'CLAIRE.martin' })).toEqual({ status: 'username-taken' });
    expect(await again({ username: 'other', nationalId: '899700366240' })).toEqual({
      status: 'national-id-taken',
    });
    expect((await again({ username: 'other' })).status).toBe('created');
    expect((await again({ username: 'third' })).status).toBe('created');
  });

  it.each<[string, Partial<AccountDraft>]>([
    ['username', { username: 'claire martin' }],
    ['username', { username: 'claire\nmartin' }],
    ['username', { username: 'c' }],
    ['username', { username: 'claire\u200bmartin' }],
    ['username', { username: 'c'.repeat(65) }],
    ['username', { username: 'ﷺ'.repeat(64) }],
    ['email', { email: 'claire' }],
    ['email', { email: 'claire@hopital.example\r\nBcc: all@hopital.example' }],
    ['email', { email: 'a@b@c' }],
    ['email', { email: 'claire@hopital.example, all@hopital.example' }],
    ['displayName', { displayName: 'Claire\nMartin' }],
    ['displayName', { displayName: 'Claire\r\nBcc: all@hopital.example' }],
    ['displayName', { displayName: ' ' }],
    ['displayName', { displayName: 'é'.repeat(201) }],
    ['roles', { roles: ['two words'] }],
    [
      'roles',
      { roles: Array.from({ length: 20 }, (_, index) => `role-of-number-${'abcdefghijklmnopqrst'[index]}`) },
    ],
    ['nationalId', { nationalId: "1' OR 1=1" }],
  ])('are refused with a %s that cannot be kept', async (field, draft) => {
    await expect(open(draft)).rejects.toMatchObject({
      code: 'validation.failed',
      errors: [expect.objectContaining({ field })],
    });
    expect(await testDatabase.dataSource.getRepository(AccountEntity).count()).toBe(0);
  });

  it('change their language, and report a missing account', async () => {
    const { id } = await open();
    expect(await accounts.setLocale(id, 'en')).toBe(true);
    expect(await accounts.setLocale('nobody', 'en')).toBe(false);
    expect(await accounts.get(id)).toMatchObject({ locale: 'en', version: 2 });
  });

  it('are listed by name, page after page, each once', async () => {
    for (const [index, displayName] of ['Zoé', 'élise', 'Anne', 'anne', 'Bruno'].entries())
      await open({ username: `person${index}`, displayName });
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await accounts.list({ limit: 2, cursor: cursor ?? undefined });
      seen.push(...page.items.map((one) => one.displayName.toLowerCase()));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(['anne', 'anne', 'bruno', 'élise', 'zoé']);
  });

  it('are listed for one structure or one status', async () => {
    await open({ username: 'one', structureId: 's1' });
    await open({ username: 'two', structureId: 's1', status: 'DEACTIVATED' });
    await open({ username: 'three', structureId: 's2' });
    const names = async (page: object) =>
      (await accounts.list({ limit: 10, ...page })).items.map((one) => one.username).sort();
    expect(await names({ structureIds: ['s1'] })).toEqual(['one', 'two']);
    expect(await names({ status: 'DEACTIVATED' })).toEqual(['two']);
    expect(await names({ structureIds: ['s1'], status: 'ACTIVE' })).toEqual(['one']);
    expect(await names({ limit: Number.NaN })).toHaveLength(1);
  });

  it('are listed by an expired invitation, until another is sent', async () => {
    const late = await open({ username: 'late', status: 'INVITED' });
    const invite = (until: number) =>
      accounts.recordInvitation(late.id, new Date(until), testDatabase.dataSource.manager);
    const expired = async () => (await accounts.list({ limit: 10, only: 'INVITATION_EXPIRED' })).items;
    expect(await expired()).toEqual([]);
    await invite(clock.now().getTime() + 1);
    expect(await expired()).toEqual([]);
    await invite(clock.now().getTime());
    expect(await expired()).toMatchObject([{ username: 'late', invitedUntil: clock.now(), version: 1 }]);
    await accounts.activate(late.id, 'digest', testDatabase.dataSource.manager);
    expect(await expired()).toEqual([]);
  });

  it('are listed by an emergency access, until it ends', async () => {
    const { id } = await open({ username: 'opened', structureId: 's1' });
    await open({ username: 'other', structureId: 's1' });
    const openUntil = (until: number) =>
      administration.openEmergencyAccess(
        id,
        { means: 'password', until: new Date(until) },
        testDatabase.dataSource.manager,
      );
    const opened = async () =>
      (await accounts.list({ limit: 10, only: 'EMERGENCY_ACCESS', structureIds: ['s1'] })).items;
    expect(await opened()).toEqual([]);
    await openUntil(clock.now().getTime() + 1);
    expect(await opened()).toMatchObject([{ username: 'opened' }]);
    await openUntil(clock.now().getTime());
    expect(await opened()).toEqual([]);
  });

  describe('whose mail bounces', () => {
    const since = async (id: string) => (await accounts.get(id))!.emailUnreachableSince;
    const mark = (id: string, email = 'claire.martin@HOPITAL.example') =>
      accounts.recordUnreachable(id, email, testDatabase.dataSource.manager);

    it('are marked once, for their present address, without a new version', async () => {
      const { id, version } = await open();
      expect(await mark(id, 'former@hopital.example')).toBe(false);
      expect(await since(id)).toBeNull();
      expect([await mark(id), await mark(id)]).toEqual([true, false]);
      expect([await since(id), (await accounts.get(id))!.version]).toEqual([clock.now(), version]);
    });

    it.each<[string, (id: string) => Promise<unknown>]>([
      ['a code from there', (id) => accounts.recordReachable(id, testDatabase.dataSource.manager)],
      ['a link from there', (id) => accounts.resetPassword(id, 'digest', testDatabase.dataSource.manager)],
      [
        'another address',
        (id) => accounts.setEmail(id, 'new@hopital.example', testDatabase.dataSource.manager),
      ],
    ])('are so no longer after %s', async (_, act) => {
      const { id } = await open();
      await mark(id);
      await act(id);
      expect(await since(id)).toBeNull();
    });
  });

  it('are listed and counted by the work they need from an administrator', async () => {
    const asked = { nationalId: '899700366240' };
    const done = await open({ username: 'done', ...asked });
    await accounts.recordSignIn(done.id, clock.now(), testDatabase.dataSource.manager);
    await open({ username: 'waiting', status: 'INVITED' });
    await open({ username: 'closed', status: 'DEACTIVATED' });
    const leaving = await open({ username: 'leaving', structureId: 's1' });
    await administration.requestErasure(leaving.id, testDatabase.dataSource.manager);
    const names = async (page: object) =>
      (await accounts.list({ limit: 10, ...page })).items.map((one) => one.username).sort();
    expect(await names({ only: 'NEVER_SIGNED_IN' })).toEqual(['leaving']);
    expect(await names({ only: 'NO_STRONG_MEANS' })).toEqual(['leaving', 'waiting']);
    expect(await names({ only: 'NO_STRONG_MEANS', status: 'INVITED' })).toEqual(['waiting']);
    expect(await names({ only: 'ERASURE_REQUESTED' })).toEqual(['leaving']);
    expect(await names({ only: 'ERASURE_REQUESTED', structureIds: ['s2'] })).toEqual([]);
    expect(await names({ among: [done.id, leaving.id], structureIds: ['s1'] })).toEqual(['leaving']);
    expect(await names({ among: [] })).toEqual([]);
    expect(await accounts.count({})).toBe(4);
    expect(await accounts.count({ only: 'NO_STRONG_MEANS' })).toBe(2);
    expect(await accounts.count({ only: 'NO_STRONG_MEANS', structureIds: ['s1'] })).toBe(1);
  });

  it.each(['x', 'e30', 'WyJhIl0', Buffer.from('[1,{}]').toString('base64url'), 'A'.repeat(10_000)])(
    'are not listed after a forged cursor: %j',
    async (cursor) => {
      await expect(accounts.list({ limit: 2, cursor })).rejects.toMatchObject({ code: 'validation.failed' });
    },
  );

  describe('and the password', () => {
    it('changes with its date', async () => {
      const { id } = await open({ passwordDigest: 'first' });
      clock.advance(60_000);
      expect(await accounts.setPassword(id, 'second', testDatabase.dataSource.manager)).toBe(true);
      expect(await accounts.get(id)).toMatchObject({
        passwordDigest: 'second',
        passwordChangedAt: clock.now(),
        version: 2,
      });
    });

    it('does not change for an outdated password', async () => {
      const { id } = await open({ passwordDigest: 'first' });
      expect(await accounts.setPassword(id, 'second', testDatabase.dataSource.manager, 'first')).toBe(true);
      expect(await accounts.setPassword(id, 'of the thief', testDatabase.dataSource.manager, 'first')).toBe(
        false,
      );
      expect((await accounts.get(id))?.passwordDigest).toBe('second');
    });

    it('keeps its date when it is hashed again, unless it changed meanwhile', async () => {
      const { id, passwordChangedAt } = await open({ passwordDigest: 'first' });
      clock.advance(60_000);
      expect(await accounts.rehash(id, 'first', 'stronger')).toBe(true);
      expect(await accounts.rehash(id, 'first', 'late')).toBe(false);
      expect(await accounts.get(id)).toMatchObject({
        passwordDigest: 'stronger',
        passwordChangedAt,
        version: 1,
      });
    });
  });

  it('have tables that the migrations alone remove and restore', async () => {
    const names = accountPersistence.migrations.map((one) => one.name);
    for (let left = names.length; left > 0; left--) await testDatabase.migrator.undoLast();
    expect(await testDatabase.migrator.migrate()).toEqual(names);
    expect(await testDatabase.migrator.drift()).toEqual([]);
  });
});
