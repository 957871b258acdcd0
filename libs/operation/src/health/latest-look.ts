import { Finding, SECOND, withTimeout } from '@portillon/kernel';
import type { Check } from './health.types';

/** The time after which a dependency counts as down. */
const PATIENCE_MS = 2 * SECOND;

/** The latest result of one check. */
export interface Looked<Found extends Finding> {
  check: Check;
  /** Undefined where the check failed. */
  finding?: Found;
}

/** Checks one dependency of an instance, and keeps the latest result. */
export class LatestLook<Found extends Finding> {
  #latest: Looked<Found> = { check: { status: 'down', latencyMs: null } };
  #running?: Promise<Looked<Found>>;

  constructor(private readonly find: () => Promise<Found>) {}

  /** Returns the current result. Concurrent callers share one check. */
  look(): Promise<Looked<Found>> {
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    return this.#running;
  }

  /** Returns the current result, or the latest one when the check takes longer than `milliseconds`. */
  within(milliseconds: number): Promise<Looked<Found>> {
    const last = new Promise<Looked<Found>>((resolve) => {
      setTimeout(() => resolve(this.#latest), milliseconds).unref();
    });
    return Promise.race([this.look(), last]);
  }

  async #look(): Promise<Looked<Found>> {
    const begun = performance.now();
    try {
      const finding = await withTimeout(PATIENCE_MS, this.find());
      const { latencyMs = Math.round(performance.now() - begun) } = finding;
      const status = statusOf(finding);
      this.#latest = { check: { status, latencyMs: status === 'up' ? latencyMs : null }, finding };
    } catch {
      this.#latest = { check: { status: 'down', latencyMs: null } };
    }
    return this.#latest;
  }
}

function statusOf({ state }: Finding): Check['status'] {
  if (state === 'off') return 'off';
  return state === 'warning' || state === 'failing' ? 'down' : 'up';
}
