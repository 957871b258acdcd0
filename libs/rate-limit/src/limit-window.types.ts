import type { EntityManager } from 'typeorm';

/** The span in which the hits of one key are counted, under a hash: no address or number leaves the caller. */
export interface LimitWindow {
  id: string;
  max: number;
  windowMs: number;
}

/** How far a window is. */
export interface WindowCount {
  id: string;
  hits: number;
  windowEndsAt: Date;
}

/**
 * Where windows are counted. Each count is atomic whoever else counts and stops one above its window's `max`. In the
 * database it shares the fate of the transaction `at`.
 */
export interface WindowStore {
  /** Adds one hit to each window; one that is over begins anew. */
  count(windows: readonly LimitWindow[], now: Date, at: EntityManager): Promise<WindowCount[]>;
  /** The windows that are known, over or not. Counts nothing. */
  read(windows: readonly LimitWindow[]): Promise<WindowCount[]>;
}
