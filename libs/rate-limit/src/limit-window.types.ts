/** The span in which the hits of one key are counted, under a hash: no address or number leaves the caller. */
export interface LimitWindow {
  id: string;
  max: number;
  windowMs: number;
}

/** A window that allows no hit more before `endsAt`. */
export interface FullWindow {
  id: string;
  endsAt: Date;
}

/** A window that runs, and what it has counted. */
export interface RunningWindow {
  id: string;
  hits: number;
  endsAt: Date;
}

/** Where windows are counted. Each act is one committed unit, for every instance together. */
export interface WindowStore {
  /** Counts one hit on each window, one that is over begins anew; or on none, and answers those that are full. */
  count(windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]>;
  /** Those that are full. Counts nothing. */
  findFull(windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]>;
  /** Those that run. Counts nothing. */
  read(windows: readonly LimitWindow[], now: Date): Promise<RunningWindow[]>;

  /** Takes one hit back from each window that still runs and that ran at `countedAt`. */
  giveBack(windows: readonly LimitWindow[], now: Date, countedAt: Date): Promise<void>;

  /** Forgets them. */
  clear(windows: readonly LimitWindow[]): Promise<void>;
}
