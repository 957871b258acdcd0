/** At most `max` hits in a window of `windowMs` milliseconds that starts with its first hit. */
export interface Limit {
  /** Separates the counts of two limits; a changed name starts again at zero. */
  name: string;
  max: number;
  windowMs: number;
}

/** An event counted under `key`: an address block, a person, a number's prefix. Only a hash of the key is stored. */
export interface Hit {
  limit: Limit;
  key: string;
}

/** Remaining quota of a limit. */
export interface LimitState {
  remaining: number;
  /** When the window ends; null: none is running. */
  resetsAt: Date | null;
}

/** Kinds of subjects that an operator can name. */
export type LimitSubjectKind = 'account' | 'address' | 'block' | 'number-prefix';

/** An account by its id, a mail address or a number, a block of network addresses, or a prefix of numbers. */
export interface LimitSubject {
  kind: LimitSubjectKind;
  value: string;
}

/** Count of a limit for a subject. */
export interface CountedLimit extends LimitSubject {
  limit: string;
  hits: number;
  max: number;
  /** When the count falls: the end of the window, or of the oldest counted hit. */
  endsAt: Date;
}

/** Source of counts: windows, or the tables of a library. */
export interface LimitCounts {
  list(subject: LimitSubject): Promise<CountedLimit[]>;
  /** Forgets the count: the next call is the first. Commits separately; call it outside a transaction. */
  clear(subject: LimitSubject): Promise<void>;
}

export interface OverLimit {
  limit: Limit;
  /** When the window ends and hits are allowed again. */
  retryAt: Date;
}

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
