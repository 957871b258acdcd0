/** The window in which the hits of one key are counted, under a hash: the caller's address or number is not stored. */
export interface LimitWindow {
  id: string;
  max: number;
  windowMs: number;
}

/** A running window and its count. */
export interface RunningWindow {
  hits: number;
  endsAt: Date;
}

/** Stores counts of windows. Each call is one atomic operation across all instances. */
export interface WindowStore {
  /** Counts one hit; an expired window starts again. When the window is full, counts nothing and returns its end. */
  count(window: LimitWindow, now: Date): Promise<Date | undefined>;
  /** Returns the running window, without counting. */
  read(window: LimitWindow, now: Date): Promise<RunningWindow | undefined>;

  /** Takes one hit back from a window that is still running and was running at `countedAt`. */
  refund(window: LimitWindow, now: Date, countedAt: Date): Promise<void>;

  /** Deletes the window. */
  clear(window: LimitWindow): Promise<void>;
}
