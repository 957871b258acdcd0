import { MigrationInterface, QueryRunner } from 'typeorm';
import { atOnce, describeOnEveryEngine } from '@portillon/testing';
import { column, createTable } from './columns';
import { isUniqueViolation } from './database-error';

class CreateCounter1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'counter', [
      column.id(),
      column.integer('hits'),
      column.optionalTime('seenAt'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('counter');
  }
}

describeOnEveryEngine('a database', [{ entities: [], migrations: [CreateCounter1700000000000] }], (bench) => {
  const insert = 'INSERT INTO counter (id, hits, seenAt) VALUES (?, ?, ?)';
  const increment = 'UPDATE counter SET hits = hits + 1 WHERE id = ?';

  beforeEach(() => bench.database.execute('DELETE FROM counter'));

  it('gives a time back to the millisecond', async () => {
    const seenAt = new Date('2026-03-29T01:59:59.987Z');
    await bench.database.execute(insert, ['a', 0, seenAt]);
    const row = await bench.database.row<{ seenAt: Date }>('SELECT seenAt FROM counter WHERE id = ?', ['a']);
    expect(row?.seenAt.toISOString()).toBe(seenAt.toISOString());
  });

  it('compares times in a condition as times', async () => {
    await bench.database.execute(insert, ['a', 0, new Date('2026-01-01T00:00:00.500Z')]);
    const before = (limit: string) =>
      bench.database.execute('UPDATE counter SET hits = 9 WHERE seenAt < ?', [new Date(limit)]);
    expect(await before('2026-01-01T00:00:00.500Z')).toBe(0);
    expect(await before('2026-01-01T00:00:00.501Z')).toBe(1);
  });

  it('counts a matched row even when the update changes nothing', async () => {
    await bench.database.execute(insert, ['a', 5, null]);
    expect(await bench.database.execute('UPDATE counter SET hits = 5 WHERE id = ?', ['a'])).toBe(1);
  });

  it('loses none of 100 transactions and 100 lone statements run at once', async () => {
    await bench.database.execute(insert, ['a', 0, null]);
    await atOnce(100, () => bench.database.transaction((tx) => tx.execute(increment, ['a'])));
    await atOnce(100, () => bench.database.execute(increment, ['a']));
    expect(await bench.database.row('SELECT hits FROM counter WHERE id = ?', ['a'])).toEqual({ hits: 200 });
  });

  it('keeps a lone statement that ran beside a transaction which rolled back', async () => {
    await bench.database.execute(insert, ['a', 0, null]);
    const doomed = bench.database.transaction(async (tx) => {
      await tx.execute(insert, ['doomed', 0, null]);
      throw new Error('change of mind');
    });
    await Promise.all([
      expect(doomed).rejects.toThrow('change of mind'),
      bench.database.execute(increment, ['a']),
    ]);
    expect(await bench.database.rows('SELECT id, hits FROM counter')).toEqual([{ id: 'a', hits: 1 }]);
  });

  it('runs a lone statement or a transaction again that lost a deadlock', async () => {
    await bench.database.execute(insert, ['a', 0, null]);
    await bench.database.execute(insert, ['b', 0, null]);
    const { errors } = await atOnce(24, (index) => {
      if (index % 2)
        return bench.database.execute('UPDATE counter SET hits = hits + 1 WHERE id IN (?, ?)', ['a', 'b']);
      return bench.database.transaction(async (tx) => {
        await tx.execute(increment, ['b']);
        return tx.execute(increment, ['a']);
      });
    });
    expect(errors).toEqual([]);
    expect(await bench.database.rows('SELECT DISTINCT hits FROM counter')).toEqual([{ hits: 24 }]);
  });

  it('tells a doubled key from other failures', async () => {
    await bench.database.execute(insert, ['a', 0, null]);
    const doubled = await bench.database.execute(insert, ['a', 0, null]).catch((error: unknown) => error);
    const broken = await bench.database
      .execute('UPDATE nowhere SET hits = 1')
      .catch((error: unknown) => error);
    expect([isUniqueViolation(doubled), isUniqueViolation(broken)]).toEqual([true, false]);
  });

  it('runs every migration down and up again', async () => {
    await bench.migrator.undoLast();
    expect(await bench.migrator.pending()).toBe(true);
    expect(await bench.migrator.migrate()).toEqual(['CreateCounter1700000000000']);
    expect(await bench.migrator.pending()).toBe(false);
  });
});

describeOnEveryEngine('two databases on the same data', [], (bench) => {
  it('migrate at the same time without stepping on each other', async () => {
    const { results } = await atOnce(2, () => bench.migrator.migrate());
    expect(results).toEqual([[], []]);
  });
});
