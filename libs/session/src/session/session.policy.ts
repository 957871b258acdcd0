import { Bound, bounded, DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import type { Principal } from './session.types';

/** Durations are in milliseconds. What is left out has the default of {@link SessionPolicy}. */
export interface SessionOptions {
  /** A session that is not renewed ends after this. 1 to 30 minutes (RIE v2, PS 13); 30 minutes. */
  idleMs?: number;
  /** The same on a shared workstation, never after `idleMs`. 1 to 30 minutes; 10 minutes. */
  sharedIdleMs?: number;
  /** A session ends after this whatever happens. 1 minute to 4 hours (RIE v2, PS 13); 4 hours. */
  absoluteMs?: number;
  /** A sign-in in progress ends after this. 1 to 15 minutes; 15 minutes. */
  signInMs?: number;
  /** Open sessions of one person; the oldest ends. 1 to 10; 10. */
  maxSessions?: number;
  /** How long an accepted code holds in its browser. 0 (never) to 24 hours; 24 hours. */
  codeWindowMs?: number;
  /** How long the secret before the latest is still good in a remembered browser (two tabs). 0 to 60 s; 60 s. */
  previousSecretMs?: number;
  /** An unused browser is forgotten after this. 1 hour to 400 days (RFC 6265bis); 90 days. */
  browserMs?: number;
  /** People remembered by one browser. 1 to 20; 20. */
  maxPeople?: number;
  /** How long the line of an ended session or browser is kept, without secret. 1 to 30 days; 30 days. */
  retentionMs?: number;
  /** How long a sign-in is kept after its end. 1 to 24 hours; 24 hours. */
  signInRetentionMs?: number;
}

const BOUNDS: Record<keyof SessionOptions, Bound> = {
  idleMs: { default: 30 * MINUTE, min: MINUTE, max: 30 * MINUTE },
  sharedIdleMs: { default: 10 * MINUTE, min: MINUTE, max: 30 * MINUTE },
  absoluteMs: { default: 4 * HOUR, min: MINUTE, max: 4 * HOUR },
  signInMs: { default: 15 * MINUTE, min: MINUTE, max: 15 * MINUTE },
  maxSessions: { default: 10, min: 1, max: 10 },
  codeWindowMs: { default: DAY, min: 0, max: DAY },
  previousSecretMs: { default: 60 * SECOND, min: 0, max: 60 * SECOND },
  browserMs: { default: 90 * DAY, min: HOUR, max: 400 * DAY },
  maxPeople: { default: 20, min: 1, max: 20 },
  retentionMs: { default: 30 * DAY, min: DAY, max: 30 * DAY },
  signInRetentionMs: { default: DAY, min: HOUR, max: DAY },
};

/**
 * Lifetime of the cookie of a trusted device. It is longer than any code stays valid, because a trusted device keeps a
 * separate budget for wrong passwords. It is shorter than `browserMs`, because each sign-in renews it.
 */
const BROWSER_COOKIE_MS = 30 * DAY;

/** The numbers this lib applies, each within its bound. */
export class SessionPolicy {
  readonly idleMs: number;
  readonly sharedIdleMs: number;
  readonly absoluteMs: number;
  readonly signInMs: number;
  readonly maxSessions: number;
  readonly codeWindowMs: number;
  readonly previousSecretMs: number;
  readonly browserMs: number;
  readonly maxPeople: number;
  readonly retentionMs: number;
  readonly signInRetentionMs: number;

  /** @throws RangeError naming the first option that is outside its bound. */
  constructor(options: SessionOptions = {}) {
    const numbers = bounded('SessionModule', BOUNDS, options);
    this.idleMs = numbers.idleMs;
    this.sharedIdleMs = Math.min(numbers.sharedIdleMs, numbers.idleMs);
    this.absoluteMs = numbers.absoluteMs;
    this.signInMs = numbers.signInMs;
    this.maxSessions = numbers.maxSessions;
    this.codeWindowMs = numbers.codeWindowMs;
    this.previousSecretMs = numbers.previousSecretMs;
    this.browserMs = numbers.browserMs;
    this.maxPeople = numbers.maxPeople;
    this.retentionMs = numbers.retentionMs;
    this.signInRetentionMs = numbers.signInRetentionMs;
  }

  /** How long the session of this person may be left alone. */
  idleMsOf({ sharedWorkstation }: Pick<Principal, 'sharedWorkstation'>): number {
    return sharedWorkstation ? this.sharedIdleMs : this.idleMs;
  }

  /** How long the cookie of a remembered browser lasts: never longer than it is remembered. */
  get browserCookieMs(): number {
    return Math.min(BROWSER_COOKIE_MS, this.browserMs);
  }
}
