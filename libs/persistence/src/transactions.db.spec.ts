import { concurrently, describeOnEveryEngine } from '@portillon/testing';
import { EntityManager, LessThan } from 'typeorm';
import { afterCommit } from './transactions.service';
import { isUniqueViolation } from './database/database-errors';
import { exactlyOne } from './entity.repository';
import { COUNTER, CounterEntity } from './testing/counter';

describeOnEveryEngine('transactions', [COUNTER], (bench, engine) => {
  const counters = (tx: EntityManager = bench.dataSource.manager) => tx.getRepository(CounterEntity);
  const insert = (id: string, hits = 0, tx?: EntityManager) => counters(tx).insert({ id, hits });
  const increment = (id: string, tx?: EntityManager) => counters(tx).increment({ id }, 'hits', 1);
  const all = () => counters().find({ select: { id: true, hits: true }, order: { id: 'ASC' } });

  beforeEach(() => counters().clear());

  it('return a time to the millisecond, and compare times as times', async () => {
    const seenAt = new Date('2026-03-29T01:59:59.987Z');
    await counters().insert({ id: 'a', hits: 0, seenAt });
    expect(await counters().findOneBy({ id: 'a' })).toEqual({ id: 'a', hits: 0, seenAt });
    const before = async (time: string) =>
      exactlyOne(await counters().update({ seenAt: LessThan(new Date(time)) }, { hits: 9 }));
    expect(await before('2026-03-29T01:59:59.987Z')).toBe(false);
    expect(await before('2026-03-29T01:59:59.988Z')).toBe(true);
  });

  it('count a matched row even when the update changes nothing', async () => {
    await insert('a', 5);
    expect(exactlyOne(await counters().update({ id: 'a' }, { hits: 5 }))).toBe(true);
    expect(exactlyOne(await counters().update({ id: 'b' }, { hits: 5 }))).toBe(false);
  });

  it('let one of sixteen guarded updates win', async () => {
    await insert('a', 0);
    const { results } = await concurrently(16, () =>
      bench.transactions.run(async (tx) =>
        exactlyOne(await counters(tx).update({ id: 'a', hits: 0 }, { hits: 1 })),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
  });

  it('lose none of 100 transactions and 100 lone statements run at once', async () => {
    await insert('a');
    await concurrently(100, () => bench.transactions.run((tx) => increment('a', tx)));
    await concurrently(100, () => increment('a'));
    expect(await all()).toEqual([{ id: 'a', hits: 200 }]);
  });

  it('keep a lone statement that ran beside a transaction which rolled back', async () => {
    await insert('a');
    const doomed = bench.transactions.run(async (tx) => {
      await insert('doomed', 0, tx);
      throw new Error('change of mind');
    });
    await Promise.all([expect(doomed).rejects.toThrow('change of mind'), increment('a')]);
    expect(await all()).toEqual([{ id: 'a', hits: 1 }]);
  });

  it('undo what was written when another caller came first', async () => {
    await insert('a');
    const second = bench.transactions.runOrRollBack(async (tx) => {
      await increment('a', tx);
      return exactlyOne(await counters(tx).update({ id: 'used' }, { hits: 1 })) || undefined;
    });
    await expect(second).resolves.toBeUndefined();
    expect(await all()).toEqual([{ id: 'a', hits: 0 }]);
    await expect(bench.transactions.runOrRollBack((tx) => increment('a', tx))).resolves.toBeDefined();
    expect(await all()).toEqual([{ id: 'a', hits: 1 }]);
  });

  it('run again when they lost a deadlock, alone or not', async () => {
    await insert('a');
    await insert('b');
    const { errors } = await concurrently<unknown>(24, (index) =>
      index % 2
        ? counters()
            .createQueryBuilder()
            .update()
            .set({ hits: () => 'hits + 1' })
            .execute()
        : bench.transactions.run(async (tx) => {
            await increment('b', tx);
            await increment('a', tx);
          }),
    );
    expect(errors).toEqual([]);
    expect((await all()).map(({ hits }) => hits)).toEqual([24, 24]);
  });

  it('act after the commit, once though the work was run again, and never after a rollback', async () => {
    const acts: string[] = [];
    let runs = 0;
    await bench.transactions.run(async (tx) => {
      afterCommit(tx, () => acts.push('committed'));
      await insert('a', 0, tx);
      expect(acts).toEqual([]);
      if (++runs === 1) throw Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });
    });
    await bench.transactions.runOrRollBack(async (tx) => {
      afterCommit(tx, () => acts.push('rolled back'));
      return undefined;
    });
    afterCommit(undefined, () => acts.push('alone'));
    expect([runs, ...acts]).toEqual([2, 'committed', 'alone']);
  });

  it.each(["'; DROP TABLE counter; --", "\\'; DROP TABLE counter; --", '\\', '"', '`', 'é\n😀', '?', ':id'])(
    'keep the text %j as it is',
    async (id) => {
      await bench.transactions.run((tx) => insert(id, 1, tx));
      await increment(id);
      expect(await all()).toEqual([{ id, hits: 2 }]);
    },
  );

  it('undo everything when one statement fails', async () => {
    await insert('a');
    const failing = bench.transactions.run(async (tx) => {
      await increment('a', tx);
      await insert('a', 0, tx);
    });
    await expect(failing).rejects.toThrow();
    expect(await all()).toEqual([{ id: 'a', hits: 0 }]);
  });

  it('distinguish a duplicate key from other failures', async () => {
    await insert('a');
    const doubled = await insert('a').catch((error: unknown) => error);
    const broken = await bench.dataSource
      .query('UPDATE nowhere SET hits = 1')
      .catch((error: unknown) => error);
    expect([isUniqueViolation(doubled), isUniqueViolation(broken)]).toEqual([true, false]);
  });

  it('refuse several statements in one text', async () => {
    if (engine === 'embedded') return;
    await insert('a');
    const two = 'UPDATE counter SET hits = 1 WHERE id = ?; DELETE FROM counter WHERE id = ?';
    await expect(bench.dataSource.query(two, ['a', 'a'])).rejects.toThrow();
    await expect(bench.dataSource.query('SELECT 1; DELETE FROM counter')).rejects.toThrow();
    expect(await all()).toEqual([{ id: 'a', hits: 0 }]);
  });

  it('are READ COMMITTED: commits of others meanwhile are visible', async () => {
    if (engine === 'embedded') return;
    await insert('a');
    const [before, after] = await bench.transactions.run(async (tx) => {
      const read = async () => (await counters(tx).findOneByOrFail({ id: 'a' })).hits;
      const first = await read();
      await increment('a');
      return [first, await read()];
    });
    expect([before, after]).toEqual([0, 1]);
  });

  it('give up a row that stays locked before the caller is answered, and leave nothing to commit', async () => {
    if (engine === 'embedded') return;
    await insert('a');
    const blocker = bench.dataSource.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('UPDATE counter SET hits = 5');
    const late = await bench.transactions.run((tx) => increment('a', tx)).catch((error: unknown) => error);
    await blocker.rollbackTransaction();
    await blocker.release();
    expect(late).toMatchObject({ code: 'service.busy' });
    await bench.transactions.run((tx) => increment('a', tx));
    expect(await all()).toEqual([{ id: 'a', hits: 1 }]);
  }, 15_000);

  it('refuse the outer connection of the embedded engine, which would wait for ever', async () => {
    if (engine === 'MariaDB') return;
    await insert('a');
    const outer = bench.transactions.run(() => increment('a'));
    await expect(outer).rejects.toThrow('use its EntityManager');
  });

  it('run every migration down and up again', async () => {
    await bench.migrator.undoLast();
    expect(await bench.migrator.pending()).toBe(true);
    expect(await bench.migrator.migrate()).toEqual(['CreateCounter1700000000000']);
    expect(await bench.migrator.drift()).toEqual([]);
  });
});

describeOnEveryEngine('two processes on the same data', [], (bench) => {
  it('migrate at the same time without interfering', async () => {
    const { results, errors } = await concurrently(4, () => bench.migrator.migrate());
    expect(errors).toEqual([]);
    expect(results).toEqual([[], [], [], []]);
  });
});
