import type { LimitWindow, WindowCount, WindowStore } from './limit-window.types';
import type { RedisConnection } from './redis-connection';
import { COUNT, READ } from './redis.scripts';

type Answer = [hits: number, endsAt: number, added: number][];

/** Windows in Redis or Valkey: each call is one script, and so one unit whichever instance asks. */
export class RedisWindows implements WindowStore {
  constructor(private readonly connection: RedisConnection) {}

  async count(windows: readonly LimitWindow[], now: Date): Promise<WindowCount[]> {
    const spans = windows.flatMap(({ max, windowMs }) => [max, windowMs]);
    return toCounts(windows, await this.#run<Answer>(COUNT, windows, [now.getTime(), ...spans]));
  }

  async read(windows: readonly LimitWindow[]): Promise<WindowCount[]> {
    return toCounts(windows, await this.#run<Answer>(READ, windows, []));
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

function toCounts(windows: readonly LimitWindow[], answer: Answer): WindowCount[] {
  return windows.map(({ id }, index) => {
    const [hits, endsAt] = answer[index]!;
    return { id, hits, windowEndsAt: new Date(endsAt) };
  });
}
