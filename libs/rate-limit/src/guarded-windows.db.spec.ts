import { HOUR, MINUTE, shift } from '@portillon/kernel';
import type { Database, Statements } from '@portillon/persistence';
import { atOnce, describeOnEveryEngine, openMigrated, SettableClock } from '@portillon/testing';
import type { Hit, OverLimit } from './limit';
import { rateLimitPersistence } from './rate-limit.persistence';
import { RateLimiter } from './rate-limiter';

const perAccount = { name: 'sends-per-account', max: 5, windowMs: 10 * MINUTE };
const perAddress = { name: 'sends-per-address', max: 7, windowMs: 20 * MINUTE };
const claire = { limit: perAccount, key: 'claire' };
const desk = { limit: perAddress, key: '192.0.2.1' };
/** What the same transaction does beside: it must be undone with it. */
const message = { limit: { name: 'message', max: 1_000, windowMs: HOUR }, key: '' };

class Refused extends Error {
  constructor(readonly over: OverLimit) {
    super('refused');
  }
}

function refuse(over: OverLimit | undefined): void {
  if (over) throw new Refused(over);
}

describeOnEveryEngine('a limit that is held with what it limits', [rateLimitPersistence], (bench, engine) => {
  let clock: SettableClock;

  beforeEach(async () => {
    await bench.database.execute('DELETE FROM rateLimit');
    clock = new SettableClock();
  });

  /** Counts, and sends the message or refuses. */
  const sending = (hits: Hit[], database: Database) => async (tx: Statements) => {
    const limiter = new RateLimiter(database, clock);
    await Promise.all([limiter.hit(hits, tx).then(refuse), limiter.hit([message], tx)]);
    return 'sent' as const;
  };

  /** Nothing when it was undone, or the engine cannot do it. */
  const sendInOneTrip = (hits: Hit[], database = bench.database) =>
    database.inOneTrip(async (tx) => ({ outcome: await sending(hits, database)(tx) }), { shared: true });

  /** As a code is sent: in one trip, or else in the order that tells why not. */
  async function send(hits: Hit[], database = bench.database): Promise<'sent' | OverLimit> {
    try {
      const sent = await sendInOneTrip(hits, database);
      return sent ? 'sent' : await database.transaction(sending(hits, database));
    } catch (error) {
      if (error instanceof Refused) return error.over;
      throw error;
    }
  }

  const hitsOf = async ({ limit: { max } }: Hit) =>
    (await bench.database.row<{ hits: number }>('SELECT hits FROM rateLimit WHERE allowed = ?', [max]))?.hits;

  it('lets as many through as it says, and tells the rest when to come back', async () => {
    for (let time = 0; time < 5; time++) expect(await send([claire, desk])).toBe('sent');
    const refusal = { limit: perAccount, retryAt: shift(clock.now(), 10 * MINUTE) };
    for (let time = 0; time < 5; time++) expect(await send([desk, claire])).toEqual(refusal);
    expect([await hitsOf(claire), await hitsOf(desk), await hitsOf(message)]).toEqual([5, 5, 5]);
  });

  it('begins a new window once the one before is over', async () => {
    for (let time = 0; time < 6; time++) await send([claire]);
    clock.advance(10 * MINUTE - 1);
    expect(await send([claire])).toMatchObject({ limit: perAccount });
    clock.advance(1);
    expect(await send([claire])).toBe('sent');
    expect(await hitsOf(claire)).toBe(1);
  });

  it('refuses everything where it allows nothing', async () => {
    const closed = { limit: { ...perAccount, max: 0 }, key: 'nobody' };
    expect(await send([closed, desk])).toMatchObject({ limit: closed.limit });
    expect([await hitsOf(desk), await hitsOf(message)]).toEqual([undefined, undefined]);
  });

  it.each([16, 48])('of 5 lets exactly 5 of %d at once through', async (times) => {
    const { results, errors } = await atOnce(times, () => send([claire, desk]));
    expect(errors).toEqual([]);
    expect(results.filter((one) => one === 'sent')).toHaveLength(5);
    expect([await hitsOf(claire), await hitsOf(message)]).toEqual([5, 5]);
  });

  it('of 5 for each of 3 people lets exactly 7 through of one address', async () => {
    const { results, errors } = await atOnce(48, (index) =>
      send([{ ...claire, key: `person ${index % 3}` }, desk]),
    );
    expect(errors).toEqual([]);
    expect(results.filter((one) => one === 'sent')).toHaveLength(7);
    expect(await hitsOf(message)).toBe(7);
  });

  if (engine !== 'MariaDB') return;

  it('undoes the whole trip, and counts nothing, when one of its windows is full', async () => {
    for (let time = 0; time < 5; time++) expect(await sendInOneTrip([claire])).toEqual({ outcome: 'sent' });
    for (const hits of [[claire], [claire, desk], [desk, claire]])
      expect(await sendInOneTrip(hits)).toBeUndefined();
    expect([await hitsOf(claire), await hitsOf(desk), await hitsOf(message)]).toEqual([5, undefined, 5]);
  });

  it('of 5 lets exactly 5 of 32 through that reach two processes', async () => {
    const second = await openMigrated(bench.url, [rateLimitPersistence]);
    const { results, errors } = await atOnce(32, (index) =>
      send([claire], index % 2 ? second : bench.database),
    );
    await second.close();
    expect(errors).toEqual([]);
    expect(results.filter((one) => one === 'sent')).toHaveLength(5);
  });
});
