import type { Statements } from '@portillon/persistence';

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
 * Where windows are counted. Each count is atomic whoever else counts, stops one above its window's `max`, and is taken
 * back when the transaction `at` is rolled back.
 */
export interface WindowStore {
  /** Adds one hit to each window; one that is over begins anew. */
  count(windows: readonly LimitWindow[], now: Date, at: Statements): Promise<WindowCount[]>;
  /** The windows that are known, over or not. Counts nothing. */
  read(windows: readonly LimitWindow[]): Promise<WindowCount[]>;
}
