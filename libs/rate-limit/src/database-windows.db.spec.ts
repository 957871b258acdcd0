import { HOUR, MINUTE } from '@portillon/kernel';
import { Database, Statements } from '@portillon/persistence';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { rateLimitPersistence } from './rate-limit.persistence';
import { RateLimiter } from './rate-limiter';

const perAddress = { name: 'sends-per-address', max: 100, windowMs: HOUR };
const perAccount = { name: 'sends-per-account', max: 3, windowMs: 10 * MINUTE };

describeOnEveryEngine('the windows in the database', [rateLimitPersistence], (bench) => {
  let clock: SettableClock;
  let limiter: RateLimiter;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM rateLimit');
    clock = new SettableClock();
    limiter = new RateLimiter(bench.database, clock);
  });

  const claire = { limit: perAccount, key: 'claire' };

  it('counts no further once it is full, so that a flood writes nothing', async () => {
    for (let time = 0; time < 20; time++) await limiter.hit([claire]);
    expect(await bench.database.rows('SELECT hits, allowed FROM rateLimit')).toEqual([
      { hits: 4, allowed: 3 },
    ]);
  });

  it('hold no key, only what it hashes to', async () => {
    await limiter.hit([claire]);
    const [row] = await bench.database.rows<{ id: string }>('SELECT id FROM rateLimit');
    expect(row!.id).toMatch(/^[0-9a-f]{64}$/);
  });

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
      likeMysql.hit([claire, { limit: perAddress, key: '192.0.2.1' }]),
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
    claim: target.claim.bind(target),
    gathered: target,
    holdsGuards: false,
    inOneTrip: () => Promise.resolve(undefined),
    lookUps: (target as Database).lookUps,
    readTogether: () => Promise.reject(new Error('not asked')),
    transaction: (work) => transaction.call(target, (tx) => work(speaking(dialect, tx))) as never,
    ping: ping?.bind(target),
  };
}
