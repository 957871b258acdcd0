/** At most `max` hits in a window of `windowMs` that begins with its first hit. */
export interface Limit {
  /** Keeps the counts of two limits apart; a change of name begins anew. */
  name: string;
  max: number;
  windowMs: number;
}

/** Something that happened, counted under `key`: an address block, a person, a number's prefix. Stored as a hash only. */
export interface Hit {
  limit: Limit;
  key: string;
}

/** How much of a limit is left. */
export interface LimitState {
  remaining: number;
  /** When the window ends; null: none runs. */
  resetsAt: Date | null;
}

/** What a limit has counted of one key in the window that runs. */
export interface RunningLimit {
  limit: Limit;
  hits: number;
  endsAt: Date;
}

export interface OverLimit {
  limit: Limit;
  /** When the window ends and hits are allowed again. */
  retryAt: Date;
}
