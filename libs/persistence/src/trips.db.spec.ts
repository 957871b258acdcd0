import { setTimeout as pause } from 'node:timers/promises';
import { atOnce, describeOnEveryEngine, openMigrated } from '@portillon/testing';
import type { TypeOrmDatabase } from './typeorm-database';
import { COUNTER, insert, take } from './testing/counter';
import { Wire } from './testing/wire';

const BUSY = expect.objectContaining({ code: 'service.busy', kind: 'busy' });

describeOnEveryEngine('trips that are shared', [COUNTER], (bench, engine) => {
  let wire: Wire;
  let database: TypeOrmDatabase;

  beforeAll(async () => {
    if (engine !== 'MariaDB') return;
    wire = await Wire.to(bench.url);
    database = await openMigrated(wire.url, [COUNTER]);
  });

  beforeEach(() => bench.database.execute('DELETE FROM counter'));

  afterAll(async () => {
    await database?.close();
    await wire?.close();
  });

  /** Takes one of `from` and makes `made`. */
  const exchange = (from: string, made: string) =>
    database.inOneTrip((tx) => Promise.all([tx.claim(take, [from]), tx.execute(insert, [made, 1])]), {
      shared: true,
    });
  const threeAtOnce = (name: string) => atOnce(3, (index) => exchange('a', `${name} ${index}`));
  const left = async () =>
    (await bench.database.row<{ hits: number }>("SELECT hits FROM counter WHERE id = 'a'"))!.hits;
  const made = (name: string) => bench.database.rows('SELECT id FROM counter WHERE id LIKE ?', [`${name}%`]);

  /** Keeps the row locked while `work` is done. */
  async function whileLocked(id: string, work: () => Promise<unknown>): Promise<void> {
    await bench.database.transaction(async (tx) => {
      await tx.rows('SELECT id FROM counter WHERE id = ? FOR UPDATE', [id]);
      await work();
    });
  }

  if (engine !== 'MariaDB') {
    it('are for a server that holds the guards alone', () => expect(bench.database.holdsGuards).toBe(false));
    return;
  }

  it('answer nobody before the commit, not even whose own statements are done', async () => {
    await bench.database.execute(insert, ['free', 1]);
    await bench.database.execute(insert, ['locked', 1]);
    const answered: string[] = [];
    const trip = (from: string) => exchange(from, `made of ${from}`).then(() => answered.push(from));
    let both: Promise<unknown>;
    await whileLocked('locked', async () => {
      both = Promise.all([trip('free'), trip('locked')]);
      await pause(300);
      expect([answered, await made('made')]).toEqual([[], []]);
    });
    await both!;
    expect(answered).toEqual(['free', 'locked']);
    expect(await made('made')).toHaveLength(2);
  });

  it.each([1, 2, 8, 9, 20])(
    'of %d at once with one that fails commit each of the others once',
    async (count) => {
      await bench.database.execute(insert, ['a', count]);
      await bench.database.execute(insert, ['made 0', 1]);
      const { results, errors } = await atOnce(count, (index) => exchange('a', `made ${index}`));
      expect(errors).toEqual([]);
      expect(results.map((one) => one !== undefined)).toEqual(results.map((_, index) => index > 0));
      expect(await made('made')).toHaveLength(count);
      expect(await left()).toBe(1);
    },
  );

  it('are prepared once for each number of them', async () => {
    await bench.database.execute(insert, ['a', 100]);
    await threeAtOnce('first');
    const known = wire.compounds;
    for (let turn = 0; turn < 5; turn++) await threeAtOnce(`turn ${turn}`);
    expect(wire.compounds).toBe(known);
    expect(await made('turn')).toHaveLength(15);
  });

  it.each([
    ['question', 'were not done', 0],
    ['answer', 'were done once', 3],
  ] as const)('that break at their %s %s, and nobody is told which', async (moment, _, done) => {
    await bench.database.execute(insert, ['a', 9]);
    await threeAtOnce('before');
    wire.breakAt(moment);
    expect(await threeAtOnce('broken')).toEqual({ results: [], errors: [BUSY, BUSY, BUSY] });
    await pause(100);
    expect(await made('broken')).toHaveLength(done);
    expect(await left()).toBe(6 - done);
  });

  it('go on, on another connection, after one that broke', async () => {
    await bench.database.execute(insert, ['a', 9]);
    wire.breakAt('answer');
    await threeAtOnce('broken');
    expect((await threeAtOnce('after')).errors).toEqual([]);
    expect(await made('after')).toHaveLength(3);
  });

  it('that the server cuts short while they wait leave nothing behind', async () => {
    await bench.database.execute(insert, ['a', 9]);
    let cut: ReturnType<typeof threeAtOnce>;
    await whileLocked('a', async () => {
      cut = threeAtOnce('cut');
      await pause(200);
      await killWaiting();
    });
    expect(await cut!).toEqual({ results: [], errors: [BUSY, BUSY, BUSY] });
    expect([await made('cut'), await left()]).toEqual([[], 9]);
  });

  async function killWaiting(): Promise<void> {
    const waiting = `SELECT ID AS id FROM information_schema.PROCESSLIST
      WHERE DB = DATABASE() AND INFO LIKE 'UPDATE counter%'`;
    const [found] = await bench.database.rows<{ id: string }>(waiting);
    await bench.database.execute(`KILL ${found!.id}`);
  }
});
