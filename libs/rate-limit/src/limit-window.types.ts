/** The span in which the hits of one key are counted, under a hash: no address or number leaves the caller. */
export interface LimitWindow {
  id: string;
  max: number;
  windowMs: number;
}

/** A window that runs, and what it has counted. */
export interface RunningWindow {
  hits: number;
  endsAt: Date;
}

/** Where windows are counted. Each act is one committed unit, for every instance together. */
export interface WindowStore {
  /** Counts one hit, a window that is over begins anew; or, where it is full, counts none and answers when it ends. */
  count(window: LimitWindow, now: Date): Promise<Date | undefined>;
  /** The window if it runs. Counts nothing. */
  read(window: LimitWindow, now: Date): Promise<RunningWindow | undefined>;

  /** Takes one hit back from a window that still runs and that ran at `countedAt`. */
  refund(window: LimitWindow, now: Date, countedAt: Date): Promise<void>;

  /** Forgets it. */
  clear(window: LimitWindow): Promise<void>;
}
