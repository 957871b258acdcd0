/** A process that runs now. */
export interface RunningInstance {
  /** What it is called in the log. */
  name: string;
  /** The ids of its keys, the one that makes first. */
  keyIds: string[];
  announcedAt: Date;
}

/**
 * Why a ring must not be used beside another that is in use. `unread`: it makes with `keyId`, which the other lacks;
 * `lacking`: the other makes with `keyId`, which it lacks.
 */
export interface KeyConflict {
  kind: 'unread' | 'lacking';
  keyId: string;
  instance: RunningInstance;
}

/** How many rows of one kind a key has made. */
export interface KeyUse {
  keyId: string;
  /** Such as `mobile numbers`. */
  what: string;
  rows: number;
  /** Whether a younger key vouches for them: they are good with this one gone. */
  vouched: boolean;
}

/** How far a rotation is, by the rings in use and by what their keys have made. */
export type KeyRotation =
  /** One key makes everywhere. A new one may be added, at the end. */
  | { step: 'none' }
  /** `keyId` was added and has made nothing; `waitingFor` lack it, so that it must not make yet. */
  | { step: 'adding'; keyId: string; waitingFor: string[] }
  /** Every ring has `keyId`, and it has made nothing: it may be put first. */
  | { step: 'added'; keyId: string }
  /** Some make with one key, some with another. */
  | { step: 'changing'; makers: { keyId: string; names: string[] }[] };
