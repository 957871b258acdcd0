import { DAY } from '@portillon/kernel';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { accountPersistence } from '../account.persistence';
import type { AccountChanges } from '../account/account.types';
import type { PendingChange, PendingChangeKind } from './pending-change.types';
import { NO_POLICY } from '@portillon/structure';
import { accountServices } from '../testing/account.fixture';

const OLD = 'claire@hopital.example';
const NEW = 'claire.durand@hopital.example';

describeOnEveryEngine('a change that an administrator asked for', [accountPersistence], (testDatabase) => {
  let clock: SettableClock;
  let services: ReturnType<typeof accountServices>;

  beforeEach(async () => {
    await testDatabase.empty();
    clock = new SettableClock();
    services = accountServices(testDatabase.dataSource, clock);
  });

  const inOne: typeof testDatabase.transactions.run = (work) => testDatabase.transactions.run(work);

  async function open(): Promise<string> {
    const draft = { username: 'claire', email: OLD, displayName: 'Claire', passwordDigest: 'digest' };
    const made = await inOne((tx) => services.accounts.create(draft, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  const request = (accountId: string, value = NEW, kind: PendingChangeKind = 'email') =>
    inOne((tx) => services.pendingChanges.request({ accountId, kind, value, requestedBy: 'hugo' }, tx));
  const apply = (pending: PendingChange, version: number) =>
    inOne((tx) => services.administration.applyPending(pending, version, tx));
  const edit = (id: string, changes: AccountChanges) =>
    inOne((tx) => services.administration.edit(id, changes, 1, tx));

  it('is stored with requester and date, and the account keeps its values', async () => {
    const id = await open();
    const pending = await request(id);
    expect(await services.pendingChanges.find(id, 'email')).toEqual(pending);
    expect(pending).toMatchObject({ requestedBy: 'hugo', requestedAt: clock.now() });
    expect(pending.effectiveAt.getTime() - clock.now().getTime()).toBe(DAY);
    expect((await services.accounts.get(id))!.email).toBe(OLD);
  });

  it('lists its account among those with a pending change, until it is resolved', async () => {
    const id = await open();
    const waiting = async () =>
      (await services.accounts.list({ limit: 10, only: 'CHANGE_PENDING' })).items.map((one) => one.id);
    expect(await waiting()).toEqual([]);
    const pending = await request(id);
    await request(id, 'national-admin', 'roles');
    expect(await waiting()).toEqual([id]);
    await inOne((tx) => services.pendingChanges.cancel(pending.id, tx));
    expect(await waiting()).toEqual([id]);
    const roles = await services.pendingChanges.find(id, 'roles');
    await inOne((tx) => services.pendingChanges.cancel(roles!.id, tx));
    expect(await waiting()).toEqual([]);
  });

  it('is due after 24 hours, even if a clock steps back meanwhile', async () => {
    const id = await open();
    await request(id);
    clock.advance(DAY - 1);
    expect(await services.pendingChanges.due(10)).toEqual([]);
    clock.advance(-DAY);
    expect(await services.pendingChanges.due(10)).toEqual([]);
    clock.advance(DAY + 1);
    expect(await services.pendingChanges.due(10)).toMatchObject([{ accountId: id, value: NEW }]);
  });

  it('takes effect once when sixteen callers confirm, cancel and apply it concurrently', async () => {
    const id = await open();
    const pending = await request(id);
    const { results, errors } = await concurrently(16, (index) =>
      inOne(async (tx) =>
        index % 4 === 0
          ? services.pendingChanges.cancel(pending.id, tx)
          : services.administration.applyPending(pending, 1, tx).then((result) => {
              if (result !== 'applied') throw new Error(result);
              return true;
            }),
      ).catch(() => false),
    );
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await services.pendingChanges.find(id, 'email')).toBeUndefined();
  });

  it('takes effect in a closed account, which the search then finds', async () => {
    const id = await open();
    const pending = await request(id);
    await inOne((tx) => services.administration.deactivate(id, tx));
    expect(await apply(pending, 2)).toBe('applied');
    expect(await services.accounts.get(id)).toMatchObject({ email: NEW, status: 'DEACTIVATED', version: 3 });
    expect((await services.search.find({ text: NEW, limit: 10 })).items.map((one) => one.id)).toEqual([id]);
  });

  it('does not take effect in an account that changed after the request', async () => {
    const id = await open();
    const pending = await request(id);
    await edit(id, { displayName: 'Claire Durand' });
    expect(await apply(pending, 1)).toBe('moved');
    expect((await services.accounts.get(id))!.email).toBe(OLD);
  });

  it('is replaced by the next one, which restarts the wait', async () => {
    const id = await open();
    const first = await request(id);
    clock.advance(DAY);
    const second = await request(id, 'c@hopital.example');
    expect(await services.pendingChanges.find(id, 'email')).toEqual(second);
    expect(await services.pendingChanges.due(10)).toEqual([]);
    expect(await inOne((tx) => services.pendingChanges.cancel(first.id, tx))).toBe(false);
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'the person proves an address',
      (id) => inOne((tx) => services.accounts.setEmail(id, 'c@h.example', tx)),
    ],
    ['an administrator writes another', (id) => edit(id, { email: 'c@h.example' })],
    ['roles change', (id) => edit(id, { roles: ['national-admin'] })],
    ['the structure changes', (id) => edit(id, { structureId: 's1' })],
    ['a card is linked', (id) => inOne((tx) => services.accounts.linkNationalId(id, '899700366240', tx))],
    [
      'the person is erased',
      (id) =>
        inOne(async (tx) => {
          await services.administration.requestErasure(id, tx);
          await services.administration.erase(id, { is: 'asked' }, tx);
        }),
    ],
  ])('is void when %s', async (_, act) => {
    const id = await open();
    await request(id);
    await act(id);
    expect(await services.pendingChanges.find(id, 'email')).toBeUndefined();
  });

  it('survives an edit of other fields', async () => {
    const id = await open();
    await request(id);
    await edit(id, { displayName: 'Claire Durand', locale: 'en' });
    expect(await services.pendingChanges.find(id, 'email')).toMatchObject({ value: NEW });
  });

  it('coexists with changes of other kinds, until one of them takes effect', async () => {
    const id = await open();
    const email = await request(id);
    const roles = await request(id, 'professional structure-admin', 'roles');
    await request(id, '899700366240', 'identity');
    expect((await services.pendingChanges.list(id)).map(({ kind }) => kind).sort()).toEqual([
      'email',
      'identity',
      'roles',
    ]);
    expect(await apply(roles, 1)).toBe('applied');
    expect(await services.accounts.get(id)).toMatchObject({
      roles: ['professional', 'structure-admin'],
      administrationChangedAt: clock.now(),
      accessChangedAt: null,
    });
    expect(await services.pendingChanges.list(id)).toEqual([]);
    expect(await apply(email, 2)).toBe('moved');
  });

  it('links the card, unless another account has it meanwhile', async () => {
    const id = await open();
    const card = await request(id, '899700366240', 'identity');
    const other = { username: 'marc', email: 'm@h.example', displayName: 'Marc', nationalId: '899700366240' };
    await inOne((tx) => services.accounts.create(other, tx));
    expect(await apply(card, 1)).toBe('taken');
    const own = await request(id, '899700366241', 'identity');
    expect(await apply(own, 1)).toBe('applied');
    expect(await services.accounts.get(id)).toMatchObject({
      nationalId: '899700366241',
      accessChangedAt: clock.now(),
    });
  });

  it('of roles is void when an administrator changes a means of the account', async () => {
    const id = await open();
    await request(id);
    await request(id, 'structure-admin', 'roles');
    await inOne((tx) => services.administration.recordAccessChange(id, tx));
    expect(await services.pendingChanges.list(id)).toMatchObject([{ kind: 'email' }]);
    expect(await services.accounts.get(id)).toMatchObject({ accessChangedAt: clock.now(), version: 1 });
  });

  it('erases the person in the requested version, unless it was cancelled or requested again', async () => {
    const id = await open();
    const wish = '2026-11-20 lettre';
    const version = async () => (await services.accounts.get(id))!.version;
    const ask = () =>
      inOne(async (tx) => {
        expect(await services.administration.takeVersion((await services.accounts.get(id, tx))!, tx)).toBe(
          true,
        );
        const asked = { accountId: id, kind: 'erasure', value: wish, requestedBy: 'hugo' } as const;
        return services.pendingChanges.request(asked, tx);
      });
    const erase = (pendingId: string, seen: number) =>
      testDatabase.transactions
        .run(async (tx) => {
          const ground = { is: 'confirmed', version: seen, pendingId } as const;
          const pseudonym = await services.administration.erase(id, ground, tx);
          if (pseudonym === undefined) throw new Error('moved');
          return pseudonym;
        })
        .catch((error: Error) => error.message);

    const first = await ask();
    const seen = await version();
    const second = await ask();
    expect(await erase(second.id, seen)).toBe('moved');
    expect(await erase(first.id, await version())).toBe('moved');
    await inOne((tx) => services.pendingChanges.cancel(second.id, tx));
    expect(await erase(second.id, await version())).toBe('moved');
    expect((await services.accounts.get(id))!.email).toBe(OLD);

    const third = await ask();
    expect(await erase(third.id, await version())).toMatch(/^efface-/);
    expect(await services.pendingChanges.list(id)).toEqual([]);
  });

  describe('of the structure that manages the account', () => {
    const structure = async (name: string) => {
      const made = await inOne((tx) => services.structures.create({ name }, tx));
      if (made.status !== 'created') throw new Error(made.status);
      return made.structure.id;
    };
    /** A person whom the north manages and who works in the south, and the request that the south manage them. */
    async function handedOver() {
      const [north, south] = [await structure('Nord'), await structure('Sud')];
      const id = await open();
      await edit(id, { structureId: north, roles: ['professional', 'national-admin'], externalId: 'n1' });
      const place = {
        accountId: id,
        structureId: south,
        roles: ['structure-admin'],
        source: 'scim',
      } as const;
      await inOne((tx) => services.memberships.open({ ...place, externalId: 's1', until: later() }, tx));
      return { id, north, south, pending: await request(id, south, 'management') };
    }
    const later = () => new Date(clock.now().getTime() + 60 * DAY);
    const places = async (id: string) =>
      (await services.memberships.findByAccount(id)).map(({ structure: { name }, roles, until, endedAt }) => [
        name,
        roles.join(' '),
        until,
        endedAt,
      ]);

    it('never takes effect by time alone, and lapses after 30 days', async () => {
      const { pending } = await handedOver();
      expect(pending.effectiveAt.getTime() - clock.now().getTime()).toBe(30 * DAY);
    });

    it('gives it the roles held there, and the former one keeps its membership', async () => {
      const { id, south, pending } = await handedOver();
      expect(await apply(pending, 2)).toBe('applied');
      const account = (await services.accounts.get(id))!;
      expect(account).toMatchObject({
        structure: { id: south },
        roles: ['structure-admin', 'national-admin'],
        externalId: 's1',
        administrationChangedAt: clock.now(),
      });
      expect(await places(id)).toEqual([
        ['Nord', 'professional', null, null],
        ['Sud', 'structure-admin', null, null],
      ]);
      expect(account.memberships.map(({ manages }) => manages)).toEqual([true, false]);
      expect(await services.pendingChanges.list(id)).toEqual([]);
    });

    it.each<[string, (id: string, south: string) => Promise<unknown>]>([
      ['the membership has ended', (id, south) => inOne((tx) => services.memberships.end(id, south, tx))],
      ['its last day has come', async () => clock.advance(60 * DAY)],
      ['the account was closed', (id) => inOne((tx) => services.administration.deactivate(id, tx))],
    ])('does not take effect when %s', async (_, act) => {
      const { id, north, south, pending } = await handedOver();
      await act(id, south);
      const { version } = (await services.accounts.get(id))!;
      expect(await apply(pending, version)).toBe('moved');
      expect((await services.accounts.get(id))!.structure!.id).toBe(north);
    });
  });

  it('is treated as one mailbox', async () => {
    const id = await open();
    await expect(request(id, 'c@h.example,d@evil.example')).rejects.toMatchObject({
      code: 'validation.failed',
    });
  });

  it("records when the account gained or lost administrator's roles, and when its address changed", async () => {
    const id = await open();
    const times = async () => {
      const { administrationChangedAt, accessChangedAt } = (await services.accounts.get(id))!;
      return [administrationChangedAt, accessChangedAt];
    };
    await edit(id, { roles: ['professional'], email: OLD });
    expect(await times()).toEqual([null, null]);
    const given = clock.now();
    await inOne((tx) => services.administration.edit(id, { roles: ['structure-admin'] }, 2, tx));
    expect(await times()).toEqual([given, null]);
    clock.advance(DAY);
    await inOne((tx) => services.administration.edit(id, { roles: [], email: NEW }, 3, tx));
    expect(await times()).toEqual([clock.now(), clock.now()]);
  });

  it('records that an account left a structure with four eyes, also after its return', async () => {
    const structure = async (name: string, fourEyes: boolean) => {
      const made = await inOne((tx) => services.structures.create({ name }, tx));
      if (made.status !== 'created') throw new Error(made.status);
      const { id } = made.structure;
      await inOne((tx) => services.structures.setPolicy(id, { ...NO_POLICY, fourEyes }, 1, tx));
      return id;
    };
    const [hospital, clinic] = [await structure('Hôpital', true), await structure('Clinique', false)];
    const id = await open();
    const leftAt = async (structureId: string | null, version: number) => {
      await inOne((tx) => services.administration.edit(id, { structureId }, version, tx));
      return (await services.accounts.get(id))!.fourEyesLeftAt;
    };
    expect(await leftAt(clinic, 1)).toBeNull();
    expect(await leftAt(hospital, 2)).toBeNull();
    expect(await leftAt(hospital, 3)).toBeNull();
    const left = clock.now();
    expect(await leftAt(clinic, 4)).toEqual(left);
    clock.advance(1);
    expect(await leftAt(null, 5)).toEqual(left);
    expect(await leftAt(hospital, 6)).toEqual(left);
    clock.advance(1);
    expect(await leftAt(null, 7)).toEqual(clock.now());
  });
});
