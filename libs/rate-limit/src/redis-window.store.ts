import type { FullWindow, LimitWindow, RunningWindow, WindowStore } from './limit-window.types';
import type { RedisConnection } from './redis-connection';
import { CLEAR, COUNT, GIVE_BACK, READ, READ_RUNNING } from './redis.scripts';

type Full = [index: number, endsAt: number][];
type Running = [index: number, hits: number, endsAt: number][];

/** Windows in Redis or Valkey: each act is one script, and so one unit whichever instance asks. */
export class RedisWindowStore implements WindowStore {
  constructor(private readonly connection: RedisConnection) {}

  count(windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]> {
    return this.#findFull(COUNT, windows, now);
  }

  findFull(windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]> {
    return this.#findFull(READ, windows, now);
  }

  async read(windows: readonly LimitWindow[], now: Date): Promise<RunningWindow[]> {
    const running = await this.#run<Running>(READ_RUNNING, windows, [now.getTime()]);
    return running.map(([index, hits, endsAt]) => ({
      id: windows[index - 1]!.id,
      hits,
      endsAt: new Date(endsAt),
    }));
  }

  async giveBack(windows: readonly LimitWindow[], now: Date, countedAt: Date): Promise<void> {
    const lengths = windows.map(({ windowMs }) => windowMs);
    await this.#run(GIVE_BACK, windows, [now.getTime(), countedAt.getTime(), ...lengths]);
  }

  async clear(windows: readonly LimitWindow[]): Promise<void> {
    await this.#run(CLEAR, windows, []);
  }

  /** @throws Error when Redis does not answer */
  async ping(): Promise<void> {
    await this.connection.ask((client) => client.ping());
  }

  async #findFull(script: string, windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]> {
    const spans = windows.flatMap(({ max, windowMs }) => [max, windowMs]);
    const full = await this.#run<Full>(script, windows, [now.getTime(), ...spans]);
    // Lua counts from 1.
    return full.map(([index, endsAt]) => ({ id: windows[index - 1]!.id, endsAt: new Date(endsAt) }));
  }

  #run<Result>(script: string, windows: readonly LimitWindow[], values: readonly number[]): Promise<Result> {
    const keys = windows.map(keyOf);
    return this.connection.ask(
      (client) => client.eval(script, { keys, arguments: values.map(String) }) as Promise<Result>,
    );
  }
}

/** The braces keep all windows on one node of a cluster, as a script wants them. */
function keyOf({ id }: LimitWindow): string {
  return `{portillon:limit}:${id}`;
}
