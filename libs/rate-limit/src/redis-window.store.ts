import type { LimitWindow, RunningWindow, WindowStore } from './limit-window.types';
import type { RedisConnection } from './redis-connection';
import { COUNT, GIVE_BACK } from './redis.scripts';

/** Windows in Redis or Valkey. Each operation is one command or script, and therefore atomic across instances. */
export class RedisWindowStore implements WindowStore {
  constructor(private readonly connection: RedisConnection) {}

  async count(window: LimitWindow, now: Date): Promise<Date | undefined> {
    const endsAt = await this.#run(COUNT, window, [now.getTime(), window.max, window.windowMs]);
    return endsAt === 0 ? undefined : new Date(endsAt);
  }

  async read(window: LimitWindow, now: Date): Promise<RunningWindow | undefined> {
    const found = await this.connection.ask((client) => client.hmGet(keyOf(window), ['hits', 'endsAt']));
    const [hits, endsAt] = found.map(Number) as [number, number];
    return endsAt > now.getTime() ? { hits, endsAt: new Date(endsAt) } : undefined;
  }

  async refund(window: LimitWindow, now: Date, countedAt: Date): Promise<void> {
    await this.#run(GIVE_BACK, window, [now.getTime(), countedAt.getTime(), window.windowMs]);
  }

  async clear(window: LimitWindow): Promise<void> {
    await this.connection.ask((client) => client.del(keyOf(window)));
  }

  /** @throws Error when Redis does not answer */
  async ping(): Promise<void> {
    await this.connection.ask((client) => client.ping());
  }

  #run(script: string, window: LimitWindow, values: readonly number[]): Promise<number> {
    const options = { keys: [keyOf(window)], arguments: values.map(String) };
    return this.connection.ask((client) => client.eval(script, options) as Promise<number>);
  }
}

/** The braces keep all windows on one node of a cluster. */
function keyOf({ id }: LimitWindow): string {
  return `{portillon:limit}:${id}`;
}
