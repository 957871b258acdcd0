/** A running process. */
export interface RunningInstance {
  /** Its name in the log. */
  name: string;
  /** Ids of its keys, the current one first. */
  keyIds: string[];
  announcedAt: Date;
}

/**
 * Why a ring must not be used beside another one in use. `unread`: its current key `keyId` is missing in the other.
 * `lacking`: it lacks the other's current key `keyId`.
 */
export interface KeyConflict {
  kind: 'unread' | 'lacking';
  keyId: string;
  instance: RunningInstance;
}

/** Number of rows of one kind that a key has made. */
export interface KeyUse {
  keyId: string;
  /** Such as `mobile numbers`. */
  what: string;
  rows: number;
  /** Whether a younger key vouches for them: they stay valid without this one. */
  vouched: boolean;
}

/** Step of a rotation, from the rings in use and the values of their keys. */
export type KeyRotation =
  /** All processes use one key. A new one may be added, at the end. */
  | { step: 'none' }
  /** `keyId` was added and is unused; `waitingFor` lack it, so it must not become the current key yet. */
  | { step: 'adding'; keyId: string; waitingFor: string[] }
  /** Every ring has `keyId`, which is unused: it may become the current key. */
  | { step: 'added'; keyId: string }
  /** Processes use different current keys. */
  | { step: 'changing'; makers: { keyId: string; names: string[] }[] };
