import type { LimitWindow, RunningWindow, WindowStore } from './limit.types';
import type { RateLimitRepository } from './rate-limit.repository';
import type { RedisConnection } from './redis-connection';

/** Time for which a window is kept beyond its end, so that the clocks of Redis and the instances may differ slightly. */
const KEPT_BEYOND_MS = 60_000;

const READ = `
local now = tonumber(ARGV[1])
local found = redis.call('HMGET', KEYS[1], 'hits', 'endsAt')
local hits, endsAt = tonumber(found[1] or 0), tonumber(found[2] or 0)`;

/**
 * Counts one hit on the key, unless the window is full. Returns whether it counted and whether it began a window, each
 * 0 or 1, the hits and the window's end. Arguments: the current time, `max` and the length of the window.
 */
export const COUNT = `${READ}
local max, length = tonumber(ARGV[2]), tonumber(ARGV[3])
if endsAt <= now then
  redis.call('HSET', KEYS[1], 'hits', 1, 'endsAt', now + length)
  redis.call('PEXPIRE', KEYS[1], length + ${KEPT_BEYOND_MS})
  return {1, 1, 1, now + length}
end
if hits >= max then return {0, 0, hits, endsAt} end
return {1, 0, redis.call('HINCRBY', KEYS[1], 'hits', 1), endsAt}`;

/** Gives a running window at least these hits. Arguments: the current time and the hits. */
export const RAISE = `${READ}
local atLeast = tonumber(ARGV[2])
if endsAt > now and hits < atLeast then redis.call('HSET', KEYS[1], 'hits', atLeast) end`;

/** Takes one hit back from the key. Arguments: the current time, the time of the hit and the length of the window. */
export const GIVE_BACK = `${READ}
local countedAt, length = tonumber(ARGV[2]), tonumber(ARGV[3])
if hits > 0 and endsAt > now and endsAt <= countedAt + length then redis.call('HINCRBY', KEYS[1], 'hits', -1) end`;

/**
 * Windows in Redis or Valkey. Each operation is one command or script, and therefore atomic across instances. At each
 * tenth of a limit the database gets the count too, so that it does not start from zero when Redis is silent.
 */
export class RedisWindowStore implements WindowStore {
  constructor(
    private readonly connection: RedisConnection,
    private readonly database: RateLimitRepository,
  ) {}

  async count(window: LimitWindow, now: Date): Promise<Date | undefined> {
    const answer = await this.#run<number[]>(COUNT, window, [now.getTime(), window.max, window.windowMs]);
    const [isCounted, isNew, hits, end] = answer as [number, number, number, number];
    const endsAt = new Date(end);
    if (!isCounted) return endsAt;
    const isTenth = hits % Math.ceil(window.max / 10) === 0;
    const known = isNew || isTenth ? await this.database.read(window, now) : undefined;
    // The database counted while Redis was silent, or before it lost the window.
    if (known && known.hits > hits) await this.#run(RAISE, window, [now.getTime(), known.hits]);
    else if (isTenth) await this.database.raise(window, { hits, endsAt }, now);
    return undefined;
  }

  async read(window: LimitWindow, now: Date): Promise<RunningWindow | undefined> {
    const found = await this.connection.ask((client) => client.hmGet(keyOf(window), ['hits', 'endsAt']));
    const [hits, endsAt] = found.map(Number) as [number, number];
    return endsAt > now.getTime() ? { hits, endsAt: new Date(endsAt) } : undefined;
  }

  async refund(window: LimitWindow, now: Date, countedAt: Date): Promise<void> {
    await this.#run(GIVE_BACK, window, [now.getTime(), countedAt.getTime(), window.windowMs]);
    await this.database.refund(window, now, countedAt);
  }

  async clear(window: LimitWindow): Promise<void> {
    await this.connection.ask((client) => client.del(keyOf(window)));
  }

  /** @throws Error when Redis does not answer */
  async ping(): Promise<void> {
    await this.connection.ask((client) => client.ping());
  }

  #run<Answer>(script: string, window: LimitWindow, values: readonly number[]): Promise<Answer> {
    const options = { keys: [keyOf(window)], arguments: values.map(String) };
    return this.connection.ask((client) => client.eval(script, options) as Promise<Answer>);
  }
}

/** The braces keep all windows on one node of a cluster. */
function keyOf({ id }: LimitWindow): string {
  return `{portillon:limit}:${id}`;
}
