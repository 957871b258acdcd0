import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type { AccountAdministrationService } from './account-administration.service';
import { AccountGuardEntity } from './account-guard.repository';
import { accountPersistence } from '../account.persistence';
import type { AccountService } from '../account/account.service';
import { accountServices } from '../testing/account.fixture';

describeOnEveryEngine('sixteen administrators at once', [accountPersistence], (bench) => {
  const clock = new SettableClock();
  let accounts: AccountService;
  let administration: AccountAdministrationService;

  beforeEach(async () => {
    ({ accounts, administration } = accountServices(bench.dataSource, clock));
    await bench.empty();
  });

  async function open(username: string, roles = ['national-admin']): Promise<string> {
    const draft = { username, email: `${username}@h.example`, displayName: 'Claire Martin', roles };
    const made = await bench.transactions.run((tx) => accounts.create(draft, tx));
    if (made.status !== 'created') throw new Error(made.status);
    return made.account.id;
  }

  it('edit a version that all have read once', async () => {
    const id = await open('claire');
    const { results } = await concurrently(16, (index) =>
      bench.transactions.run((tx) => administration.edit(id, { displayName: `Name ${index}` }, 1, tx)),
    );
    expect(results.filter((one) => one.status === 'edited')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'moved')).toHaveLength(15);
    expect((await accounts.get(id))!.version).toBe(2);
  });

  it.each(['deactivate', 'requestErasure', 'erase'] as const)('apply %s once', async (act) => {
    const id = await open('claire');
    if (act === 'erase') await bench.transactions.run((tx) => administration.requestErasure(id, tx));
    const { results } = await concurrently(16, () =>
      bench.transactions.run(async (tx): Promise<unknown> =>
        act === 'erase' ? administration.erase(id, { is: 'asked' }, tx) : administration[act](id, tx),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  describe('who remove the national role from each other', () => {
    const acts: ((id: string, tx: EntityManager) => Promise<unknown>)[] = [
      (id, tx) => administration.deactivate(id, tx),
      (id, tx) => administration.edit(id, { roles: ['professional'] }, 2, tx),
      (id, tx) => administration.erase(id, { is: 'asked' }, tx),
    ];
    const unlessLast = (id: string, act: (typeof acts)[number]) =>
      bench.transactions.run(async (tx) => {
        if (!(await administration.staysNational(id, tx))) return 'refused';
        await act(id, tx);
        return 'done';
      });

    it('keep one of them, whichever action each chooses', async () => {
      const ids: string[] = [];
      for (let index = 0; index < 16; index++) ids.push(await open(`admin.${index}`));
      for (const id of ids) await bench.transactions.run((tx) => administration.requestErasure(id, tx));
      const { results, errors } = await concurrently(16, (index) =>
        unlessLast(ids[(index + 1) % 16]!, acts[index % 3]!),
      );
      expect(errors).toEqual([]);
      expect(results.filter((one) => one === 'done')).toHaveLength(15);
      expect(await administration.nationalAdministrators()).toHaveLength(1);
    });

    it('keep one of the last two, however often they try', async () => {
      for (let round = 0; round < 10; round++) {
        await bench.empty();
        const ids = [await open('one'), await open('two')];
        const { results } = await concurrently(16, (index) => unlessLast(ids[index % 2]!, acts[0]!));
        expect(results).toContain('refused');
        expect(await administration.nationalAdministrators()).toHaveLength(1);
      }
    });

    it('write to one shared row, the only conflict that cluster nodes detect', async () => {
      const ids = [await open('one'), await open('two')];
      await concurrently(16, (index) => unlessLast(ids[index % 2]!, acts[0]!));
      const guards = await bench.dataSource.getRepository(AccountGuardEntity).find();
      expect(guards).toEqual([{ rule: 'last-national-administrator', writes: 16 }]);
    });
  });
});
