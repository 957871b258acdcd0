import { atOnce, describeOnEveryEngine } from '@portillon/testing';
import type { Statements } from './database';
import { COUNTER, increment, insert, take } from './testing/counter';

describeOnEveryEngine('a transaction in one trip', [COUNTER], (bench, engine) => {
  beforeEach(() => bench.database.execute('DELETE FROM counter'));
  const all = () => bench.database.rows('SELECT id, hits FROM counter ORDER BY id');

  /** Takes one of `from` and makes `made`; nothing when there was none to take. */
  const exchange = (from: string, made: string, shared = false) =>
    bench.database.inOneTrip((tx) => Promise.all([tx.claim(take, [from]), tx.execute(insert, [made, 1])]), {
      shared,
    });

  if (engine !== 'MariaDB') {
    it('is not for an engine that cannot hold the guards: nothing is run', async () => {
      await bench.database.execute(insert, ['a', 2]);
      expect(await exchange('a', 'b')).toBeUndefined();
      expect(await all()).toEqual([{ id: 'a', hits: 2 }]);
    });
    return;
  }

  describe.each([false, true])('shared: %s', (shared) => {
    it('commits everything', async () => {
      await bench.database.execute(insert, ['a', 2]);
      expect(await exchange('a', 'b', shared)).toHaveLength(2);
      expect(await all()).toEqual([
        { id: 'a', hits: 1 },
        { id: 'b', hits: 1 },
      ]);
    });

    it('leaves nothing behind when a guard is lost', async () => {
      await bench.database.execute(insert, ['a', 0]);
      expect(await exchange('a', 'b', shared)).toBeUndefined();
      expect(await exchange('nobody', 'b', shared)).toBeUndefined();
      expect(await all()).toEqual([{ id: 'a', hits: 0 }]);
    });

    it('leaves nothing behind when a statement fails after the guard', async () => {
      await bench.database.execute(insert, ['a', 5]);
      await bench.database.execute(insert, ['b', 0]);
      expect(await exchange('a', 'b', shared)).toBeUndefined();
      expect(await all()).toEqual([
        { id: 'a', hits: 5 },
        { id: 'b', hits: 0 },
      ]);
    });

    it('leaves nothing behind when its work passes over the failure of a statement', async () => {
      await bench.database.execute(insert, ['a', 0]);
      const tolerant = (tx: Statements, id: string) => tx.execute(insert, [id, 1]).catch(() => 0);
      const both = (tx: Statements) => Promise.all([tolerant(tx, 'b'), tolerant(tx, 'a')]);
      expect(await bench.database.inOneTrip(both, { shared })).toBeUndefined();
      expect(await all()).toEqual([{ id: 'a', hits: 0 }]);
    });

    it('leaves nothing behind when its work fails before it leaves', async () => {
      const work = (tx: Statements) =>
        Promise.all([tx.execute(insert, ['a', 1]), Promise.reject(new Error('not to be sent'))]);
      await expect(bench.database.inOneTrip(work, { shared })).rejects.toThrow('not to be sent');
      await bench.database.inOneTrip((tx) => Promise.all([tx.execute(insert, ['b', 1])]), { shared });
      expect(await all()).toEqual([{ id: 'b', hits: 1 }]);
    });

    it('of 16 at once that take the last one, lets one through', async () => {
      await bench.database.execute(insert, ['a', 1]);
      const { results } = await atOnce(16, (index) => exchange('a', `made ${index}`, shared));
      expect(results.filter((one) => one !== undefined)).toHaveLength(1);
      expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'made%'")).toHaveLength(1);
    });

    it('leaves nothing to the next one on the same connection', async () => {
      for (let turn = 0; turn < 30; turn++) {
        expect(await exchange('nobody', `lost ${turn}`, shared)).toBeUndefined();
        await bench.database.execute(insert, [`a ${turn}`, 1]);
        await exchange(`a ${turn}`, `won ${turn}`, shared);
      }
      expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'won%'")).toHaveLength(30);
      expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'lost%'")).toEqual([]);
    });
  });

  it('shares its trip with others, and what fails among them takes none of the others with it', async () => {
    await bench.database.execute(insert, ['full', 20]);
    const { results } = await atOnce(32, (index) =>
      exchange(index % 4 === 0 ? 'nobody' : 'full', `made ${index}`, true),
    );
    expect(results.filter((one) => one === undefined)).toHaveLength(12);
    expect(await bench.database.rows("SELECT id FROM counter WHERE id LIKE 'made%'")).toHaveLength(20);
  });
});

describeOnEveryEngine('gathered statements', [COUNTER], (bench) => {
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
