import { describeOnEveryEngine } from '@portillon/testing';
import { LessThan } from 'typeorm';
import { EntityRepository } from './entity.repository';
import { COUNTER, CounterEntity } from './testing/counter';

class CounterRepository extends EntityRepository<CounterEntity> {
  deleteBelow(hits: number, batch: number): Promise<number> {
    return this.deleteOldest({ hits: LessThan(hits) }, { hits: 'ASC' }, batch);
  }
}

describeOnEveryEngine('what is old', [COUNTER], (bench) => {
  const rows = () => bench.dataSource.getRepository(CounterEntity);
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

  it('stays when it is not old any more at the moment of the deletion', async () => {
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
