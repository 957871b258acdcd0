import { DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';

/** Durations are in milliseconds. What is left out has the default of {@link SessionPolicy}. */
export interface SessionOptions {
  /** A session that is not renewed ends after this. 1 to 30 minutes (RIE v2, PS 13); 30 minutes. */
  idleMs?: number;
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

type Bound = readonly [min: number, max: number, byDefault: number];

const BOUNDS: Record<keyof SessionOptions, Bound> = {
  idleMs: [MINUTE, 30 * MINUTE, 30 * MINUTE],
  absoluteMs: [MINUTE, 4 * HOUR, 4 * HOUR],
  signInMs: [MINUTE, 15 * MINUTE, 15 * MINUTE],
  maxSessions: [1, 10, 10],
  codeWindowMs: [0, DAY, DAY],
  previousSecretMs: [0, 60 * SECOND, 60 * SECOND],
  browserMs: [HOUR, 400 * DAY, 90 * DAY],
  maxPeople: [1, 20, 20],
  retentionMs: [DAY, 30 * DAY, 30 * DAY],
  signInRetentionMs: [HOUR, DAY, DAY],
};

/** The numbers this lib applies, each within its bound. */
export class SessionPolicy {
  readonly idleMs: number;
  readonly absoluteMs: number;
  readonly signInMs: number;
  readonly maxSessions: number;
  readonly codeWindowMs: number;
  readonly previousSecretMs: number;
  readonly browserMs: number;
  readonly maxPeople: number;
  readonly retentionMs: number;
  readonly signInRetentionMs: number;

  /** @throws Error naming the first option that is outside its bound. */
  constructor(options: SessionOptions = {}) {
    this.idleMs = bounded('idleMs', options);
    this.absoluteMs = bounded('absoluteMs', options);
    this.signInMs = bounded('signInMs', options);
    this.maxSessions = bounded('maxSessions', options);
    this.codeWindowMs = bounded('codeWindowMs', options);
    this.previousSecretMs = bounded('previousSecretMs', options);
    this.browserMs = bounded('browserMs', options);
    this.maxPeople = bounded('maxPeople', options);
    this.retentionMs = bounded('retentionMs', options);
    this.signInRetentionMs = bounded('signInRetentionMs', options);
  }
}

function bounded(name: keyof SessionOptions, options: SessionOptions): number {
  const [min, max, byDefault] = BOUNDS[name];
  const value = options[name] ?? byDefault;
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new Error(`Session option "${name}" must be a whole number from ${min} to ${max}`);
}
