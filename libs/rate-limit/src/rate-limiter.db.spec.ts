import { HOUR, MINUTE, shift } from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import { RateLimiter } from './rate-limiter';

const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };
const perAddress = { name: 'sends-per-address', max: 2, windowMs: HOUR };

describeOnEveryEngine('a limit', [rateLimitPersistence], (bench) => {
  let clock: SettableClock;
  let limiter: RateLimiter;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM rateLimit');
    clock = new SettableClock();
    limiter = new RateLimiter(bench.database, clock);
  });

  const claire = { limit: perAccount, key: 'claire' };
  const desk = { limit: perAddress, key: '192.0.2.1' };
  const hitTimes = async (times: number) => {
    for (let time = 0; time < times; time++) await limiter.hit([claire]);
  };

  it('lets its hits through, then none until the window ends', async () => {
    const retryAt = shift(clock.now(), 10 * MINUTE);
    await hitTimes(2);
    expect(await limiter.hit([claire])).toBeUndefined();
    clock.advance(10 * MINUTE - 1);
    expect(await limiter.hit([claire])).toEqual({ limit: perAccount, retryAt });
    clock.set(retryAt);
    expect(await limiter.hit([claire])).toBeUndefined();
  });

  it('does not push its end away with the hits that it refuses', async () => {
    const retryAt = shift(clock.now(), 10 * MINUTE);
    await hitTimes(20);
    clock.advance(9 * MINUTE);
    expect(await limiter.hit([claire])).toEqual({ limit: perAccount, retryAt });
  });

  it('counts no further once it is full, so that a flood writes nothing', async () => {
    await hitTimes(20);
    expect(await bench.database.rows('SELECT hits, allowed FROM rateLimit')).toEqual([
      { hits: 4, allowed: 3 },
    ]);
  });

  it('counts each key and each limit apart', async () => {
    await hitTimes(3);
    expect(await limiter.hit([{ limit: perAccount, key: 'paul' }])).toBeUndefined();
    expect(await limiter.hit([{ limit: perAddress, key: 'claire' }])).toBeUndefined();
  });

  it('takes no key for another by the way its name and key join', async () => {
    await limiter.hit([{ limit: { ...perAddress, name: 'a', max: 1 }, key: 'bc' }]);
    expect(await limiter.hit([{ limit: { ...perAddress, name: 'ab', max: 1 }, key: 'c' }])).toBeUndefined();
  });

  it('answers, of several that refuse, the one that blocks longest', async () => {
    for (let time = 0; time < 3; time++) await limiter.hit([claire, desk]);
    expect(await limiter.hit([claire, desk])).toEqual({
      limit: perAddress,
      retryAt: shift(clock.now(), HOUR),
    });
    clock.advance(30 * MINUTE);
    expect(await limiter.hit([claire, desk])).toMatchObject({ limit: perAddress });
  });

  it('counts a hit on every limit, even when one refuses it', async () => {
    for (let time = 0; time < 3; time++) await limiter.hit([claire, desk]);
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('counts the same key twice when it is hit twice', async () => {
    await limiter.hit([claire, claire]);
    expect(await limiter.hit([claire])).toBeUndefined();
    expect(await limiter.hit([claire])).toMatchObject({ limit: perAccount });
  });

  it('has nothing against nothing', async () => {
    expect(await limiter.hit([])).toBeUndefined();
    expect(await limiter.peek([])).toBeUndefined();
    await expect(limiter.forget([])).resolves.toBeUndefined();
  });

  it('takes a change of its number at once', async () => {
    await hitTimes(3);
    expect(await limiter.hit([{ ...claire, limit: { ...perAccount, max: 10 } }])).toBeUndefined();
    expect(await limiter.hit([{ ...claire, limit: { ...perAccount, max: 2 } }])).toBeDefined();
  });

  it('can be looked at without being counted', async () => {
    await hitTimes(2);
    expect(await limiter.peek([claire, desk])).toBeUndefined();
    await hitTimes(1);
    const retryAt = shift(clock.now(), 10 * MINUTE);
    expect(await limiter.peek([claire, desk])).toEqual({ limit: perAccount, retryAt });
    clock.set(retryAt);
    expect(await limiter.peek([claire, desk])).toBeUndefined();
  });

  it('can be forgotten, for one key and no other', async () => {
    await hitTimes(4);
    for (let time = 0; time < 3; time++) await limiter.hit([desk]);
    await limiter.forget([claire]);
    expect(await limiter.hit([claire])).toBeUndefined();
    expect(await limiter.hit([desk])).toBeDefined();
  });

  it('counts nothing in a transaction that is rolled back', async () => {
    for (let time = 0; time < 10; time++) {
      const undone = bench.database.transaction(async (tx) => {
        await limiter.hit([claire], tx);
        throw new Error('refused');
      });
      await expect(undone).rejects.toThrow('refused');
    }
    expect(await limiter.hit([claire])).toBeUndefined();
  });

  it('is not reopened by a clock that steps back', async () => {
    await hitTimes(4);
    clock.advance(-HOUR);
    expect(await limiter.hit([claire])).toBeDefined();
    expect(await limiter.peek([claire])).toBeDefined();
  });

  it.each(["'; DROP TABLE rateLimit; --", '\uD800', '\0', '__proto__', '', '1'.repeat(100_000)])(
    'counts hostile keys (%#) as any other and stores none of them',
    async (key) => {
      for (let time = 0; time < 3; time++)
        expect(await limiter.hit([{ limit: perAccount, key }])).toBeUndefined();
      expect(await limiter.hit([{ limit: perAccount, key }])).toBeDefined();
      const [row] = await bench.database.rows<{ id: string }>('SELECT id FROM rateLimit');
      expect(row!.id).toMatch(/^[0-9a-f]{64}$/);
    },
  );

  it('is purged of the windows that are over, the oldest first', async () => {
    for (const key of ['one', 'two', 'three']) {
      await limiter.hit([{ limit: perAccount, key }]);
      clock.advance(MINUTE);
    }
    expect(await limiter.purge(10)).toBe(0);
    clock.advance(8 * MINUTE);
    expect([await limiter.purge(1), await limiter.purge(10), await limiter.purge(10)]).toEqual([1, 1, 0]);
    expect(await bench.database.rows('SELECT hits FROM rateLimit')).toEqual([{ hits: 1 }]);
  });

  it('works by the rules of MySQL, which returns nothing from an upsert', async () => {
    // The embedded engine does not speak MySQL; MariaDB does.
    if (bench.database.dialect === 'sqlite') return;
    const likeMysql = new RateLimiter(speaking('mysql', bench.database), clock);
    const { results, errors } = await atOnce(32, () =>
      likeMysql.hit([claire, { ...desk, limit: { ...perAddress, max: 100 } }]),
    );
    expect(errors).toEqual([]);
    expect(results.filter((refusal) => !refusal)).toHaveLength(3);
    await bench.database.transaction(async (tx) => {
      expect(await likeMysql.hit([claire], speaking('mysql', tx))).toMatchObject({
        limit: perAccount,
      });
    });
  });

  it('has a table that matches its entity', async () => {
    expect(await bench.migrator.drift()).toEqual([]);
  });

  it('has a migration that can be undone and done again', async () => {
    await bench.migrator.undoLast();
    expect(await bench.migrator.migrate()).toEqual(['CreateRateLimit1764000006001']);
  });
});

/** The same statements under another dialect's name. */
function speaking(dialect: 'mysql', target: Statements): Database {
  const { transaction, ping } = target as Database;
  return {
    dialect,
    rows: target.rows.bind(target),
    row: target.row.bind(target),
    execute: target.execute.bind(target),
    transaction: (work) => transaction.call(target, (tx) => work(speaking(dialect, tx))) as never,
    ping: ping?.bind(target),
  };
}
