import { Clock, forgetOldest, shift } from '@portillon/kernel';
import type { Hit, Limit, OverLimit } from '@portillon/rate-limit';

interface Window {
  hits: number;
  endsAt: Date;
}

/** So many states and so many address blocks at most, of some 200 bytes each: the oldest is forgotten. */
const MOST = 10_000;

/**
 * What this process knows of who came back from PSC, for PSC to be asked neither twice by one state nor more often than
 * an address block may: the database, where all processes use a state up and count together, is told of it with what it
 * leads to (docs/adr/0020).
 */
export class WayBackMemory {
  readonly #used = new Map<string, Date>();
  readonly #windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  /** Whether the state was not used here before. `until`: when it is of no use to anybody any more. */
  use(id: string, until: Date): boolean {
    if (this.#used.has(id)) return false;
    this.#used.set(id, until);
    const now = this.clock.now();
    forgetOldest(this.#used, MOST, (end) => end <= now);
    return true;
  }

  /** Counts who came: whether that many may. */
  count({ limit, key: counted }: Hit): boolean {
    const now = this.clock.now();
    const key = nameOf(limit, counted);
    let window = this.#windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { hits: 0, endsAt: shift(now, limit.windowMs) };
      this.#windows.delete(key);
      this.#windows.set(key, window);
      forgetOldest(this.#windows, MOST, ({ endsAt }) => endsAt <= now);
    }
    return window.hits++ < limit.max;
  }

  /** The database, which knows of the other processes too, has counted as many as may come. */
  close({ limit, key }: Hit, { retryAt }: OverLimit): void {
    this.#windows.set(nameOf(limit, key), { hits: Infinity, endsAt: retryAt });
  }
}

function nameOf({ name }: Limit, key: string): string {
  return `${name} ${key}`;
}
