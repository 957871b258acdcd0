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

/** By what limits count, as an operator names it. */
export type LimitSubjectKind = 'account' | 'address' | 'block' | 'number-prefix';

/** An account by its id, a mail address or a number, a block of network addresses, the numbers that begin alike. */
export interface LimitSubject {
  kind: LimitSubjectKind;
  value: string;
}

/** What a limit has counted of a subject. */
export interface CountedLimit extends LimitSubject {
  limit: string;
  hits: number;
  max: number;
  /** When it counts less: the end of its window, or of the oldest hit that it counts. */
  endsAt: Date;
}

/** What limits count, wherever they do: in windows, or in the rows of a lib. */
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
