import { MigrationInterface, QueryRunner } from 'typeorm';
import { atOnce, describeOnEveryEngine } from '@portillon/testing';
import { column, createTable } from './columns';
import type { Statements } from './database';
import { isUniqueViolation } from './database-error';
import { onRollback } from './rollback';

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

  it('answers statements that are asked for together each with its own result, in their order', async () => {
    const results = await bench.database.transaction((tx) =>
      Promise.all([
        tx.execute(insert, ['a', 1, null]),
        tx.execute(increment, ['a']),
        tx.execute(increment, ['nobody']),
        tx.rows('SELECT id, hits FROM counter WHERE id = ?', ['a']),
        tx.row('SELECT id FROM counter WHERE id = ?', ['nobody']),
      ]),
    );
    expect(results).toEqual([1, 1, 0, [{ id: 'a', hits: 2 }], undefined]);
  });

  it.each(["'; DROP TABLE counter; --", "\\'; DROP TABLE counter; --", '\\', '"', '`', 'é\n😀', '?', '${1}'])(
    'keeps the text %j as it is, alone and in a group',
    async (id) => {
      await bench.database.transaction(async (tx) => {
        await tx.execute(insert, [id, 1, new Date('2026-01-01T00:00:00.123Z')]);
        await Promise.all([tx.execute(increment, [id]), tx.execute(insert, [`${id}2`, 5, null])]);
      });
      const rows = await bench.database.rows<{ id: string; hits: number }>(
        'SELECT id, hits FROM counter ORDER BY hits',
      );
      expect(rows).toEqual([
        { id, hits: 2 },
        { id: `${id}2`, hits: 5 },
      ]);
    },
  );

  it('undoes a whole group when one of its statements fails, or when its caller refuses an answer', async () => {
    await bench.database.execute(insert, ['a', 0, null]);
    const failing = bench.database.transaction((tx) =>
      Promise.all([
        tx.execute(increment, ['a']),
        tx.execute(insert, ['a', 0, null]),
        tx.execute(increment, ['a']),
      ]),
    );
    await expect(failing).rejects.toThrow();
    const refused = bench.database.transaction(async (tx) => {
      const [, missed] = await Promise.all([tx.execute(increment, ['a']), tx.execute(increment, ['nobody'])]);
      if (missed !== 1) throw new Error('refused');
    });
    await expect(refused).rejects.toThrow('refused');
    expect(await bench.database.rows('SELECT id, hits FROM counter')).toEqual([{ id: 'a', hits: 0 }]);
  });

  describe('undoes what was done elsewhere for a transaction', () => {
    const beside = (undone: string[], tx: Statements) =>
      onRollback(tx, async () => {
        undone.push('undone');
      });

    it('that throws, once it is rolled back', async () => {
      const undone: string[] = [];
      const failed = bench.database.transaction(async (tx) => {
        beside(undone, tx);
        beside(undone, tx);
        await tx.execute(insert, ['a', 0, null]);
        throw new Error('refused');
      });
      await expect(failed).rejects.toThrow('refused');
      expect(undone).toEqual(['undone', 'undone']);
    });

    it('each time that it loses a deadlock, and not when it is committed', async () => {
      const undone: string[] = [];
      let turn = 0;
      await bench.database.transaction(async (tx) => {
        beside(undone, tx);
        if (++turn < 3) throw Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });
      });
      expect(undone).toEqual(['undone', 'undone']);
    });

    it('even when another undoing fails; and nothing outside of one', async () => {
      const undone: string[] = [];
      const failed = bench.database.transaction(async (tx) => {
        onRollback(tx, () => Promise.reject(new Error('gone')));
        beside(undone, tx);
        throw new Error('refused');
      });
      await expect(failed).rejects.toThrow('refused');
      beside(undone, bench.database);
      expect(undone).toEqual(['undone']);
    });
  });

  it('leaves nothing of an undone transaction to the next one on the same connection', async () => {
    for (let turn = 0; turn < 30; turn++) {
      const undone = bench.database.transaction(async (tx) => {
        await tx.execute(insert, [`undone ${turn}`, 0, null]);
        throw new Error('undone');
      });
      await expect(undone).rejects.toThrow('undone');
      await bench.database.transaction((tx) => tx.execute(insert, [`kept ${turn}`, 0, null]));
    }
    expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'kept%'")).toHaveLength(30);
    expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'undone%'")).toEqual([]);
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
