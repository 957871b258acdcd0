import { DAY, SystemRandom } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { accountPersistence } from '../account.persistence';
import { accountServices } from '../testing/account.fixture';

describeOnEveryEngine('the places of a person in structures', [accountPersistence], (testDatabase) => {
  let clock: SettableClock;
  let services: ReturnType<typeof accountServices>;
  let north: string;
  let south: string;
  const run = <Result>(work: (tx: EntityManager) => Promise<Result>) =>
    new Transactions(testDatabase.dataSource).run(work);

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock();
    services = accountServices(testDatabase.dataSource, clock);
    [north, south] = [await structure('Hôpital du Nord'), await structure('Clinique du Sud')];
  });

  async function structure(name: string): Promise<string> {
    const made = await services.structures.create(name);
    if (made.status !== 'created') throw new Error(made.status);
    return made.structure.id;
  }

  async function claire(changes: { structureId?: string; roles?: string[]; externalId?: string } = {}) {
    const username = `claire-${new SystemRandom(clock).id()}`;
    const draft = {
      username,
      email: 'claire@nord.example',
      displayName: 'Claire Martin',
      roles: ['professional'],
    };
    const made = await run((tx) =>
      services.accounts.create({ ...draft, structureId: north, ...changes }, tx),
    );
    if (made.status !== 'created') throw new Error(made.status);
    return made.account;
  }

  const open = (accountId: string, changes: object = {}) =>
    run((tx) =>
      services.memberships.open(
        { accountId, structureId: south, roles: ['professional'], source: 'console', ...changes },
        tx,
      ),
    );
  const placesOf = async (id: string) =>
    (await services.accounts.get(id))!.memberships.map(
      ({ structure: { name }, roles, function: post, manages }) => [name, roles.join(' '), post, manages],
    );

  it('begin with the structure that manages the account, with its roles', async () => {
    const { id } = await claire({ roles: ['professional', 'structure-admin'], externalId: 'e1' });
    expect(await placesOf(id)).toEqual([['Hôpital du Nord', 'professional structure-admin', null, true]]);
    expect(await services.memberships.findByAccount(id)).toMatchObject([
      { source: 'scim', externalId: 'e1', since: clock.now(), endedAt: null },
    ]);
  });

  it('follow the account to another structure, and its roles', async () => {
    const { id, version } = await claire();
    const changes = { structureId: south, roles: ['structure-admin'] };
    await run((tx) => services.administration.edit(id, changes, version, tx));
    expect(await placesOf(id)).toEqual([['Clinique du Sud', 'structure-admin', null, true]]);
    const [now, before] = await services.memberships.findByAccount(id);
    expect([now!.structure.id, before!.structure.id, before!.endedAt]).toEqual([south, north, clock.now()]);
  });

  it('have no last day in the structure that manages the account', async () => {
    const { id, version } = await claire();
    await open(id, { until: new Date(clock.now().getTime() + DAY) });
    await run((tx) => services.administration.edit(id, { structureId: south }, version, tx));
    expect(await services.memberships.find(id, south)).toMatchObject({ until: null, endedAt: null });
  });

  it('are opened in another structure, ended and opened again', async () => {
    const { id } = await claire();
    expect(await open(id, { function: 'Cardiologue' })).toBe(true);
    expect(await placesOf(id)).toEqual([
      ['Hôpital du Nord', 'professional', null, true],
      ['Clinique du Sud', 'professional', 'Cardiologue', false],
    ]);
    const structuresOf = (...ids: string[]) => run((tx) => services.memberships.findStructures(ids, tx));
    const opened = clock.now();
    expect((await structuresOf(id, 'nobody'))(id).sort()).toEqual([north, south].sort());
    expect((await structuresOf(id))(id, new Date(opened.getTime() - 1))).toEqual([]);
    expect((await structuresOf())(id)).toEqual([]);
    clock.advance(1);
    expect(await open(id)).toBe(false);
    expect(await run((tx) => services.memberships.end(id, south, tx))).toBe(true);
    expect(await run((tx) => services.memberships.end(id, south, tx))).toBe(false);
    expect(await placesOf(id)).toHaveLength(1);
    expect((await structuresOf(id))(id)).toEqual([north]);
    expect((await structuresOf(id))(id, opened).sort()).toEqual([north, south].sort());
    clock.advance(DAY);
    expect(await open(id, { function: null })).toBe(true);
    const again = await services.memberships.find(id, south);
    expect(again).toMatchObject({ since: clock.now(), endedAt: null, function: null, version: 3 });
  });

  it('are over with their last day, and may be opened again before anybody recorded it', async () => {
    const { id } = await claire();
    await open(id, { until: new Date(clock.now().getTime() + DAY) });
    expect(await placesOf(id)).toHaveLength(2);
    clock.advance(DAY);
    expect(await placesOf(id)).toHaveLength(1);
    const inSouth = async () => (await services.accounts.list({ limit: 9, structureIds: [south] })).items;
    expect(await inSouth()).toEqual([]);
    expect(await services.memberships.findOver(9)).toMatchObject([{ accountId: id, structureId: south }]);
    expect(await open(id)).toBe(true);
    expect(await inSouth()).toHaveLength(1);
    expect(await run((tx) => services.memberships.endOver(id, south, tx))).toBe(false);
  });

  it('refuse a function that no one could read, and a role that is none', async () => {
    const { id } = await claire();
    const refused = { code: 'validation.failed' };
    await expect(open(id, { function: 'x'.repeat(81) })).rejects.toMatchObject(refused);
    await expect(open(id, { function: 'a\nb' })).rejects.toMatchObject(refused);
    await expect(open(id, { roles: ['national-admin'] })).rejects.toMatchObject(refused);
  });

  it('change in the version that was read', async () => {
    const { id } = await claire();
    await open(id);
    const key = { accountId: id, structureId: south };
    const change = (version: number | undefined) =>
      run((tx) =>
        services.memberships.change(key, { roles: ['structure-admin'], function: 'Chef' }, version, tx),
      );
    expect([await change(1), await change(1), await change(undefined)]).toEqual([true, false, true]);
    await run((tx) => services.memberships.end(id, south, tx));
    expect(await change(undefined)).toBe(false);
  });

  it('are opened once by sixteen at once, and once again after their end', async () => {
    const { id } = await claire();
    const opened = async () => (await concurrently(16, () => open(id))).results.filter(Boolean);
    expect(await opened()).toHaveLength(1);
    await run((tx) => services.memberships.end(id, south, tx));
    expect(await opened()).toHaveLength(1);
  });

  it('show the person in the lists and the search of each structure, once, with the external id of each', async () => {
    const { id } = await claire({ externalId: 'n1' });
    await open(id, { externalId: 's1' });
    const listed = async (structureIds: string[]) =>
      (await services.accounts.list({ limit: 9, structureIds })).items.map((one) => one.id);
    expect([await listed([north]), await listed([south]), await listed([north, south])]).toEqual([
      [id],
      [id],
      [id],
    ]);
    expect(await listed([])).toEqual([]);
    const found = await services.search.find({ text: 'martin', limit: 9, structureIds: [south] });
    expect(found.items.map((one) => one.id)).toEqual([id]);
    const byId = async (externalId: string, at: string) =>
      (await services.accounts.findByExternalId(externalId, at, 9)).map((one) => one.id);
    expect([await byId('n1', north), await byId('s1', south)]).toEqual([[id], [id]]);
    expect([await byId('s1', north), await byId('n1', south)]).toEqual([[], []]);
    const total = async (at?: string) => (await services.accounts.findSlice(at, 0, 9)).total;
    expect(await total(south)).toBe(1);
    const inSouth = await services.memberships.findOpenIn(south, [id, 'unknown']);
    expect([...inSouth.keys(), inSouth.get(id)!.externalId]).toEqual([id, 's1']);
    expect([await services.counts.countActive([south]), await services.counts.countActive(null)]).toEqual([
      1, 1,
    ]);
    // The directory of the north deletes the person, who stays a member in the south.
    await run((tx) => services.administration.deactivate(id, tx));
    await run((tx) => services.administration.remove(id, tx));
    expect([await total(north), await total(south), await total()]).toEqual([0, 1, 0]);
  });

  it('show a person whom another structure manages by the name alone', async () => {
    const { id } = await claire();
    await open(id);
    const find = async (text: string, managedIn?: string[]) => {
      const page = { text, limit: 9, structureIds: [south], ...(managedIn && { managedIn }) };
      const found = [
        await services.search.find(page),
        await services.search.find({ ...page, status: 'ACTIVE' }),
        await services.accounts.list({ ...page, sort: 'displayName' }),
      ];
      return found.map(({ items }) => items.length);
    };
    for (const text of ['mart', 'claire', 'clai mar']) expect(await find(text, [south])).toEqual([1, 1, 1]);
    for (const text of ['claire-', 'claire@', 'mart claire@'])
      expect([await find(text), await find(text, [south])]).toEqual([
        [1, 1, 1],
        [0, 0, 0],
      ]);
    expect(await find('claire@', [north])).toEqual([1, 1, 1]);
  });

  it('leave them out of filters and orders by what is not shown', async () => {
    const { id } = await claire();
    await open(id);
    const listed = async (more: object) => {
      const page = { limit: 9, structureIds: [south], managedIn: [south], ...more };
      return [(await services.accounts.list(page)).items.length, await services.accounts.count(page)];
    };
    for (const shown of [{}, { sort: '-displayName' }, { status: 'ACTIVE' }])
      expect(await listed(shown)).toEqual([1, 1]);
    for (const hidden of [{ sort: '-lastSignedInAt' }, { sort: 'createdAt' }, { only: 'NEVER_SIGNED_IN' }])
      expect(await listed(hidden)).toEqual([0, 0]);
    expect(await listed({ among: [id] })).toEqual([0, 0]);
    const searched = { text: 'mart', limit: 9, structureIds: [south], managedIn: [south] };
    expect((await services.search.find({ ...searched, only: 'NEVER_SIGNED_IN' })).items).toEqual([]);
  });

  it('show their structure a hand-over that waits for it, and no other change', async () => {
    const { id } = await claire();
    await open(id);
    const pending = async (change: { kind: 'management' | 'email'; value: string }) => {
      await run((tx) =>
        services.pendingChanges.request({ ...change, accountId: id, requestedBy: 'hugo' }, tx),
      );
      const page = { limit: 9, structureIds: [south], managedIn: [south], only: 'CHANGE_PENDING' } as const;
      const found = await services.search.find({ ...page, text: 'mart' });
      return [
        (await services.accounts.list(page)).items,
        (await services.accounts.list({ ...page, sort: '-status' })).items,
        found.items,
      ].map(({ length }) => length);
    };
    expect(await pending({ kind: 'email', value: 'new@nord.example' })).toEqual([0, 0, 0]);
    expect(await pending({ kind: 'management', value: north })).toEqual([0, 0, 0]);
    expect(await pending({ kind: 'management', value: south })).toEqual([1, 1, 1]);
  });

  it('ask for the strictest of each rule, and name the structure whose rule it is', async () => {
    const { id } = await claire();
    await open(id);
    const { policy } = (await services.structures.get(south))!;
    await run((tx) =>
      services.structures.setPolicy(south, { ...policy, smsForbidden: true, codeWindowHours: 4 }, 1, tx),
    );
    const account = (await services.accounts.getForSignIn(id))!;
    expect(account.policy).toMatchObject({ smsForbidden: true, codeWindowHours: 4 });
    const name = { id: south, name: 'Clinique du Sud' };
    expect(account.ruledBy).toEqual({ smsForbidden: name, codeWindowHours: name });
    await run((tx) => services.memberships.end(id, south, tx));
    expect((await services.accounts.getForSignIn(id))!.policy.smsForbidden).toBe(false);
  });

  it('that administer, or that end where two administrators decide, count for the second one', async () => {
    const { id } = await claire();
    const times = async () => {
      const { administrationChangedAt, fourEyesLeftAt } = (await services.accounts.get(id))!;
      return [administrationChangedAt, fourEyesLeftAt];
    };
    await open(id);
    await run((tx) => services.memberships.end(id, south, tx));
    expect(await times()).toEqual([null, null]);
    const opened = clock.now();
    await open(id, { roles: ['structure-admin'] });
    expect(await times()).toEqual([opened, null]);
    const { policy } = (await services.structures.get(south))!;
    await run((tx) => services.structures.setPolicy(south, { ...policy, fourEyes: true }, 1, tx));
    clock.advance(DAY);
    await run((tx) => services.memberships.end(id, south, tx));
    expect(await times()).toEqual([clock.now(), clock.now()]);
  });

  it('go with the erasure of the person', async () => {
    const { id, version } = await claire();
    await open(id);
    await run((tx) => services.administration.erase(id, { is: 'ordered', version }, tx));
    expect(await services.memberships.findByAccount(id)).toEqual([]);
  });
});
