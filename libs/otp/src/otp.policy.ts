import { Bound, bounded, Channel, DAY, HOUR, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { PastChallenge } from './otp-challenge.repository';
import type { OtpRound } from './otp-code.service';
import type { OtpSubjectEntity } from './otp-subject.repository';
import type { OtpLock } from './otp.types';

/** Options of the codes. A value outside its range is refused at start. */
export interface OtpOptions {
  /** Digits of a code. Default: 6. Range: 6 to 10 (NIST SP 800-63B-4, ASVS 6.5.4: at least 20 bits). */
  digits?: number;
  /** Lifetime of a code, milliseconds. Default: 10 minutes. Range: 1 to 10 minutes (NIST SP 800-63B-4, ASVS 6.5.5). */
  lifeMs?: number;
  /** Tries per challenge. Default: 5. Range: 1 to 5. */
  triesPerCode?: number;
  /** Wrong codes in a row, over all of a person's challenges, that lock the code step. Default: 10. Range: 1 to 10. */
  failuresPerLock?: number;
  /**
   * Duration of the first lock, milliseconds; each further one lasts twice as long. Default: 15 minutes. Maximum: 24
   * hours.
   */
  lockMs?: number;
  /** Maximum duration of a lock, milliseconds. Default: 24 hours. Range: 15 minutes to 24 hours. */
  longestLockMs?: number;
  /**
   * Wrong codes in a row after which only an administrator unlocks. Default: 100. Range: 10 to 100 (NIST SP 800-63B-4,
   * 3.2.2).
   */
  failuresInAll?: number;
  /**
   * Wait before another code by mail, milliseconds, doubled each time. Default: 30 seconds. Range: 15 seconds to 10
   * minutes.
   */
  mailResendMs?: number;
  /** The same for SMS and every other channel. Default: 60 seconds. Range: 15 seconds to 10 minutes. */
  smsResendMs?: number;
  /**
   * Retention of a challenge after its expiry, milliseconds. Default: 24 hours. Range: 4 (the longest session) to 24
   * hours.
   */
  retentionMs?: number;
}

const BOUNDS: Record<keyof OtpOptions, Bound> = {
  digits: { default: 6, min: 6, max: 10 },
  lifeMs: { default: 10 * MINUTE, min: MINUTE, max: 10 * MINUTE },
  triesPerCode: { default: 5, min: 1, max: 5 },
  failuresPerLock: { default: 10, min: 1, max: 10 },
  lockMs: { default: 15 * MINUTE, min: 15 * MINUTE, max: DAY },
  longestLockMs: { default: DAY, min: 15 * MINUTE, max: DAY },
  failuresInAll: { default: 100, min: 10, max: 100 },
  mailResendMs: { default: 30 * SECOND, min: 15 * SECOND, max: 10 * MINUTE },
  smsResendMs: { default: 60 * SECOND, min: 15 * SECOND, max: 10 * MINUTE },
  retentionMs: { default: DAY, min: 4 * HOUR, max: DAY },
};

const LONGEST_RESEND_MS = HOUR;

/** Decides from the options whether an attempt is allowed, and when another code may be requested. */
export class OtpPolicy {
  readonly options: Readonly<Required<OtpOptions>>;

  /** @throws RangeError naming the option that is outside its bound. */
  constructor(options: OtpOptions = {}) {
    this.options = bounded('OtpModule', BOUNDS, options);
    if (this.options.longestLockMs >= this.options.lockMs) return;
    throw new RangeError('OtpModule.longestLockMs must not be below lockMs');
  }

  /** Whether only an administrator can reopen the code step. */
  isClosed(failures: number): boolean {
    return failures >= this.options.failuresInAll;
  }

  /** Returns when the lock after `failures` in a row ends, or nothing when they cause no lock. */
  lockAfter(failures: number, now: Date): Date | undefined {
    const { failuresPerLock, lockMs, longestLockMs } = this.options;
    if (failures % failuresPerLock !== 0) return undefined;
    return addMilliseconds(now, Math.min(lockMs * 2 ** (failures / failuresPerLock - 1), longestLockMs));
  }

  /** Returns the wait after the `sends`th code of a binding before another one by the same channel, milliseconds. */
  resendDelay(channel: Channel, sends: number): number {
    const first = channel === 'EMAIL' ? this.options.mailResendMs : this.options.smsResendMs;
    return Math.min(first * 2 ** (sends - 1), LONGEST_RESEND_MS);
  }
}

/** Maximum difference between the clocks of two servers; a clock further behind was set back. */
const CLOCK_SKEW_MS = 5 * MINUTE;

/** Returns the lock of the subject's code step, if it is locked. */
export function lockOf(subject: OtpSubjectEntity, policy: OtpPolicy, now: Date): OtpLock | undefined {
  if (policy.isClosed(subject.failures)) return { status: 'locked', retryAt: null, fresh: false };
  if (!subject.lockedUntilAt || subject.lockedUntilAt <= now) return undefined;
  return { status: 'locked', retryAt: subject.lockedUntilAt, fresh: false };
}

/** Returns the subject without the latest attempt and the lock that it caused. */
export function withoutAttempt(subject: OtpSubjectEntity, policy: OtpPolicy, now: Date): OtpSubjectEntity {
  const lockedUntilAt = policy.lockAfter(subject.failures, now) ? now : subject.lockedUntilAt;
  return { ...subject, failures: subject.failures - 1, lockedUntilAt };
}

/** Whether a code was sent so far in this server's future that its clock cannot decide whether the code has expired. */
export function isOfFuture({ sentAt }: Pick<OtpChallengeEntity, 'sentAt'>, now: Date): boolean {
  return sentAt > addMilliseconds(now, CLOCK_SKEW_MS);
}

export interface NextSend extends OtpRound {
  /** End of the wait after the last code by this channel. */
  availableAt?: Date;
  /** Id of the open challenge that the next one replaces. */
  openId?: string;
}

/**
 * Returns the round of the next code in a binding with the challenges `past`, newest first. The delay doubles with
 * every code of any channel, and starts again once a code was used.
 */
export function nextSend(past: readonly PastChallenge[], channel: Channel): NextSend {
  const used = past.findIndex((row) => row.state === 'USED');
  const sinceUsed = used < 0 ? past : past.slice(0, used);
  return {
    round: (past[0]?.round ?? 0) + 1,
    sends: (sinceUsed[0]?.sends ?? 0) + 1,
    availableAt: sinceUsed.find((row) => row.channel === channel)?.resendAvailableAt,
    openId: past.find((row) => row.state === 'OPEN')?.id,
  };
}
