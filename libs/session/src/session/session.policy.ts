import { Bound, bounded, DAY, HOUR, MINUTE, SECOND } from '@portillon/kernel';
import type {
  Principal,
  Confirmation,
  Session,
  SessionFactor,
  SessionMeans,
  SessionProof,
} from './session.types';

/** Durations are in milliseconds. */
export interface SessionOptions {
  /** Idle time after which a session ends. Default: 30 minutes. Range: 1 to 30 minutes (RIE v2, PS 13). */
  idleMs?: number;
  /** The same on a shared workstation, at most `idleMs`. Default: 10 minutes. Range: 1 to 30 minutes. */
  sharedIdleMs?: number;
  /** Maximum duration of a session. Default: 4 hours. Range: 1 minute to 4 hours (RIE v2, PS 13). */
  absoluteMs?: number;
  /** Maximum duration of a sign-in in progress. Default: 15 minutes. Range: 1 to 15 minutes. */
  signInMs?: number;
  /** Maximum number of open sessions of one person; one more ends the oldest. Default: 10. Range: 1 to 10. */
  maxSessions?: number;
  /** How long an accepted code stays valid in its browser. Default: 24 hours. Range: 0 (never) to 24 hours. */
  codeWindowMs?: number;
  /** How long the previous secret of a trusted device is still accepted (two tabs). Default: 60 s. Range: 0 to 60 s. */
  previousSecretMs?: number;
  /** Time after which an unused trusted device is forgotten. Default: 90 days. Range: 1 hour to 400 days (RFC 6265bis). */
  browserMs?: number;
  /** Maximum number of people who trust one browser. Default: 20. Range: 1 to 20. */
  maxPeople?: number;
  /** Retention of an ended session or device, without its secret. Default: 30 days. Range: 1 to 30 days. */
  retentionMs?: number;
  /** Retention of a sign-in after its end. Default: 24 hours. Range: 1 to 24 hours. */
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

/** The effective numbers, each within its range. */
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

  /** Maximum idle time of this person's session. */
  idleMsOf({ sharedWorkstation }: Pick<Principal, 'sharedWorkstation'>): number {
    return sharedWorkstation ? this.sharedIdleMs : this.idleMs;
  }

  /** Lifetime of the cookie of a trusted device: at most that of the device. */
  get browserCookieMs(): number {
    return Math.min(BROWSER_COOKIE_MS, this.browserMs);
  }
}

type Proved = Pick<Session, 'proof' | 'authenticatedAt'>;

/** Time of the sign-in's proof in a session that an older release renewed: it is unknown. */
const UNKNOWN = new Date(0);

/** The proof of a session after its owner has confirmed who they are; the time of the sign-in is kept. */
export function confirmed(session: Proved, confirmation: Confirmation): SessionProof {
  const { proof } = session;
  const others = (proof.confirmations ?? []).filter(({ by }) => by !== confirmation.by);
  return {
    ...proof,
    renewedBy: confirmation.by === 'passkey' ? 'passkey' : 'code',
    signInProvedAt: signInProvedAt(session).toISOString(),
    confirmations: [...others, confirmation],
  };
}

/** When the sign-in itself was proved, regardless of later confirmations. */
export function signInProvedAt({ proof, authenticatedAt }: Proved): Date {
  if (proof.signInProvedAt) return new Date(proof.signInProvedAt);
  return proof.renewedBy ? UNKNOWN : authenticatedAt;
}

/**
 * Returns the `amr` words of a factor. With a password every factor but a code by mail is a second factor (CNIL
 * 2025-019).
 */
export function amrOfFactor(factor: SessionFactor, means: SessionMeans): string[] {
  const word: string = (factor as string) === 'otp' ? 'totp' : factor;
  return means === 'password' && factor !== 'mail' ? [word, 'mfa'] : [word];
}
