import { concurrently, describeOnEveryEngine, statementsOf } from '@portillon/testing';
import { EntityManager, LessThan } from 'typeorm';
import { EntityRepository } from './entity.repository';
import { COUNTER, CounterEntity } from './testing/counter';

class CounterRepository extends EntityRepository<CounterEntity> {
  readonly byId = this.loader('id', { id: true, hits: true });
  readonly whole = this.loader('id');
  readonly above = this.prepared(() => this.of().createQueryBuilder('row').where('row.hits > :hits'));

  insert(id: string, hits: number, tx?: EntityManager): Promise<boolean> {
    return this.insertNew({ id, hits }, tx);
  }

  deleteBelow(hits: number, batch: number): Promise<number> {
    return this.deleteOldest({ hits: LessThan(hits) }, { hits: 'ASC' }, batch);
  }
}

describeOnEveryEngine('old data', [COUNTER], (testDatabase) => {
  const rows = () => testDatabase.dataSource.getRepository(CounterEntity);
  const left = async () => (await rows().find({ order: { id: 'ASC' } })).map(({ id }) => id);

  beforeEach(async () => {
    await rows().clear();
    await rows().insert(['a', 'b', 'c', 'd'].map((id, index) => ({ id, hits: 3 - index })));
  });

  it('is deleted oldest first, no more than a batch, and nothing else with it', async () => {
    const counters = new CounterRepository(rows());
    expect(await counters.deleteBelow(3, 2)).toBe(2);
    expect(await left()).toEqual(['a', 'b']);
    expect(await counters.deleteBelow(3, 2)).toBe(1);
    expect(await counters.deleteBelow(3, 2)).toBe(0);
    expect(await left()).toEqual(['a']);
  });

  it('stays when it is no longer old at the moment of the deletion', async () => {
    const repository = rows();
    const counters = new CounterRepository(
      Object.assign(Object.create(repository) as typeof repository, {
        find: async (options: object) => {
          const found = await repository.find(options);
          await repository.update({ id: 'd' }, { hits: 9 });
          return found;
        },
      }),
    );
    expect(await counters.deleteBelow(3, 10)).toBe(2);
    expect(await left()).toEqual(['a', 'd']);
  });
});

describeOnEveryEngine('rows that are read by a key', [COUNTER], (testDatabase) => {
  const rows = () => testDatabase.dataSource.getRepository(CounterEntity);
  let counters: CounterRepository;

  beforeEach(async () => {
    await rows().clear();
    await rows().insert(['a', 'b'].map((id, index) => ({ id, hits: index })));
    counters = new CounterRepository(rows());
  });

  it('are one statement for all requests of one turn, each with its own result', async () => {
    let found: unknown;
    const asked = await statementsOf(testDatabase.dataSource, async () => {
      found = await Promise.all(['b', 'a', 'b', 'none', 'A'].map((id) => counters.byId(id)));
    });
    expect(found).toEqual([[{ id: 'b', hits: 1 }], [{ id: 'a', hits: 0 }], [{ id: 'b', hits: 1 }], [], []]);
    expect(asked).toHaveLength(1);
  });

  it('have the columns that are named, or all', async () => {
    expect(await counters.byId('a')).toEqual([{ id: 'a', hits: 0 }]);
    expect(await counters.whole('a')).toEqual([{ id: 'a', hits: 0, seenAt: null }]);
  });

  it('are as they are at each call', async () => {
    await counters.byId('a');
    await rows().update({ id: 'a' }, { hits: 7 });
    expect(await counters.byId('a')).toEqual([{ id: 'a', hits: 7 }]);
    await rows().delete({ id: 'a' });
    expect(await counters.byId('a')).toEqual([]);
  });

  it('are new entities at each call', async () => {
    const [first] = await counters.whole('a');
    first!.hits = 99;
    expect(first).toBeInstanceOf(CounterEntity);
    expect(await counters.whole('a')).toEqual([{ id: 'a', hits: 0, seenAt: null }]);
  });

  it('have their SELECT built once', async () => {
    const built = jest.spyOn(rows(), 'createQueryBuilder');
    await counters.byId('a');
    await Promise.all(['a', 'b', 'none'].map((id) => counters.byId(id)));
    expect(built).toHaveBeenCalledTimes(1);
    built.mockRestore();
  });

  it('are those of each call, when calls with other values run concurrently', async () => {
    const found = await Promise.all([-1, 0, 1].map((hits) => counters.above({ hits })));
    expect(found.map((some) => some.length)).toEqual([2, 1, 0]);
  });

  it('are read as the transaction sees them, and outside as they are committed', async () => {
    await counters.above({ hits: 0 });
    await testDatabase.transactions
      .run(async (tx) => {
        await tx.update(CounterEntity, { id: 'a' }, { hits: 8 });
        expect(await counters.above({ hits: 7 }, tx)).toMatchObject([{ id: 'a', hits: 8 }]);
        throw new Error('undone');
      })
      .catch(() => undefined);
    expect(await counters.above({ hits: 7 })).toEqual([]);
  });
});

describeOnEveryEngine('a row that is inserted', [COUNTER], (testDatabase) => {
  const rows = () => testDatabase.dataSource.getRepository(CounterEntity);
  const counters = () => new CounterRepository(rows());

  beforeEach(() => rows().clear());

  it('is inserted once, when several callers insert its key concurrently', async () => {
    const { results, errors } = await concurrently(16, (index) => counters().insert('a', index));
    expect(errors).toEqual([]);
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await rows().count()).toBe(1);
  });

  it('keeps the existing row, and the transaction continues', async () => {
    await counters().insert('a', 1);
    await testDatabase.transactions.run(async (tx) => {
      expect(await counters().insert('a', 2, tx)).toBe(false);
      expect(await counters().insert('b', 3, tx)).toBe(true);
    });
    expect(await rows().find({ order: { id: 'ASC' } })).toMatchObject([
      { id: 'a', hits: 1 },
      { id: 'b', hits: 3 },
    ]);
  });

  it('is refused with its error where another rule than that of its key is broken', async () => {
    await expect(counters().insert('a', null as unknown as number)).rejects.toThrow();
  });
});
