import { MigrationInterface, QueryRunner } from 'typeorm';
import { atOnce, describeOnEveryEngine } from '@portillon/testing';
import { column, createTable } from './columns';
import type { Statements } from './database';

class CreateCounter1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'counter', [column.id(), column.integer('hits')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('counter');
  }
}

const PART = { entities: [], migrations: [CreateCounter1700000000000] };
const insert = 'INSERT INTO counter (id, hits) VALUES (?, ?)';
const increment = 'UPDATE counter SET hits = hits + 1 WHERE id = ?';
const take = 'UPDATE counter SET hits = hits - 1 WHERE id = ? AND hits > 0';

describeOnEveryEngine('a transaction in one trip', [PART], (bench) => {
  beforeEach(() => bench.database.execute('DELETE FROM counter'));
  const all = () => bench.database.rows('SELECT id, hits FROM counter ORDER BY id');

  /** Takes one of `from` and makes `made`; refused when there was none to take. */
  const exchange = (from: string, made: string, seen: unknown[] = []) =>
    bench.database.transaction(
      async (tx) => {
        const [taken, rows] = await Promise.all([
          tx.claim(take, [from]),
          tx.rows('SELECT hits FROM counter WHERE id = ?', [from]),
          tx.execute(insert, [made, 1]),
        ]);
        seen.push(taken, rows);
        if (taken !== 1) throw new Error('none left');
      },
      { oneTrip: true },
    );

  it('commits everything and answers each statement with its own result', async () => {
    await bench.database.execute(insert, ['a', 2]);
    const seen: unknown[] = [];
    await exchange('a', 'b', seen);
    expect(seen).toEqual([1, [{ hits: 1 }]]);
    expect(await all()).toEqual([
      { id: 'a', hits: 1 },
      { id: 'b', hits: 1 },
    ]);
  });

  it('leaves nothing behind when a guard is lost, and tells the caller as an ordinary one does', async () => {
    await bench.database.execute(insert, ['a', 0]);
    await expect(exchange('a', 'b')).rejects.toThrow('none left');
    await expect(exchange('nobody', 'b')).rejects.toThrow('none left');
    expect(await all()).toEqual([{ id: 'a', hits: 0 }]);
  });

  it('leaves nothing behind when a statement fails after the guard', async () => {
    await bench.database.execute(insert, ['a', 5]);
    await bench.database.execute(insert, ['b', 0]);
    await expect(exchange('a', 'b')).rejects.toThrow();
    expect(await all()).toEqual([
      { id: 'a', hits: 5 },
      { id: 'b', hits: 0 },
    ]);
  });

  it('is run again in the ordinary way when it passes over the failure of a statement', async () => {
    await bench.database.execute(insert, ['a', 0]);
    const tolerant = (tx: Statements, id: string) => tx.execute(insert, [id, 1]).catch(() => 0);
    const both = (tx: Statements) => Promise.all([tolerant(tx, 'b'), tolerant(tx, 'a')]);
    await bench.database.transaction(both, { oneTrip: true });
    expect(await all()).toEqual([
      { id: 'a', hits: 0 },
      { id: 'b', hits: 1 },
    ]);
  });

  it('of 16 at once that take the last one, lets one through', async () => {
    await bench.database.execute(insert, ['a', 1]);
    const { results, errors } = await atOnce(16, (index) => exchange('a', `made ${index}`));
    expect([results.length, errors.length]).toEqual([1, 15]);
    expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'made%'")).toHaveLength(1);
  });

  it('leaves nothing to the next one on the same connection', async () => {
    for (let turn = 0; turn < 30; turn++) {
      await expect(exchange('nobody', `lost ${turn}`)).rejects.toThrow('none left');
      await bench.database.execute(insert, [`a ${turn}`, 1]);
      await exchange(`a ${turn}`, `won ${turn}`);
    }
    expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'won%'")).toHaveLength(30);
    expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'lost%'")).toEqual([]);
  });
});

describeOnEveryEngine('gathered statements', [PART], (bench) => {
  beforeEach(() => bench.database.execute('DELETE FROM counter'));

  it('answer each with its own result, however many are asked for at once', async () => {
    await atOnce(100, (index) => bench.database.gathered.execute(insert, [`a ${index}`, index]));
    const { results } = await atOnce(100, (index) =>
      bench.database.gathered.row('SELECT hits FROM counter WHERE id = ?', [`a ${index}`]),
    );
    expect(results).toEqual(Array.from({ length: 100 }, (_, index) => ({ hits: index })));
  });

  it('are committed when they are answered', async () => {
    await bench.database.execute(insert, ['a', 0]);
    await atOnce(20, async () => {
      await bench.database.gathered.execute(increment, ['a']);
      const row = await bench.database.row<{ hits: number }>("SELECT hits FROM counter WHERE id = 'a'");
      expect(row!.hits).toBeGreaterThan(0);
    });
    expect(await bench.database.row('SELECT hits FROM counter')).toEqual({ hits: 20 });
  });

  it('give a guarded update to exactly one of 16', async () => {
    await bench.database.execute(insert, ['a', 1]);
    const { results } = await atOnce(16, () => bench.database.gathered.execute(take, ['a']));
    expect(results.filter((taken) => taken === 1)).toHaveLength(1);
  });

  it('that fail take none of the others with them', async () => {
    await bench.database.execute(insert, ['a', 0]);
    const ask = (gathered: Statements, index: number) =>
      index % 4 === 0 ? gathered.execute(insert, ['a', 0]) : gathered.execute(increment, ['a']);
    const { results, errors } = await atOnce(32, (index) => ask(bench.database.gathered, index));
    expect([results.length, errors.length]).toEqual([24, 8]);
    expect(await bench.database.row('SELECT hits FROM counter')).toEqual({ hits: 24 });
  });
});
