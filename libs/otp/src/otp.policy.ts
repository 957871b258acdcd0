import { Bound, bounded, Channel, DAY, HOUR, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';

/** The policy of the codes. Everything has a default; a value outside its bound is refused at start. */
export interface OtpOptions {
  /** Digits of a code: 6, from 6 to 10 (NIST SP 800-63B-4, ASVS 6.5.4: at least 20 bits). */
  digits?: number;
  /** How long a code lives: 10 minutes, from 1 to 10 (NIST SP 800-63B-4, ASVS 6.5.5). */
  lifeMs?: number;
  /** Codes that may be tried against one challenge: 5, from 1 to 5. */
  triesPerCode?: number;
  /** Wrong codes in a row, over all of a person's challenges, that lock the code step: 10, from 1 to 10. */
  failuresPerLock?: number;
  /** How long the first lock lasts, each next one twice as long: 15 minutes, from 15 minutes to 24 hours. */
  lockMs?: number;
  /** How long a lock lasts at most: 24 hours, from 15 minutes to 24 hours. */
  longestLockMs?: number;
  /** Wrong codes in a row after which nothing but an unlock reopens: 100, from 10 to 100 (NIST SP 800-63B-4, 3.2.2). */
  failuresInAll?: number;
  /** Wait before another code by mail, doubling with each: 30 seconds, from 15 seconds to 10 minutes. */
  mailResendMs?: number;
  /** Wait before another code by SMS, or any channel but mail, doubling with each: 60 seconds, from 15 seconds to 10 minutes. */
  smsResendMs?: number;
  /** How long a challenge is kept after its life: 24 hours, from 4 (the longest session) to 24. */
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

/** What the options say of one question: may this be tried, when may that be asked for again. */
export class OtpPolicy {
  readonly options: Readonly<Required<OtpOptions>>;

  /** @throws RangeError naming the option that is outside its bound. */
  constructor(options: OtpOptions = {}) {
    this.options = bounded('OtpModule', BOUNDS, options);
    if (this.options.longestLockMs >= this.options.lockMs) return;
    throw new RangeError('OtpModule.longestLockMs must not be below lockMs');
  }

  /** Whether nothing but an unlock reopens the code step. */
  isClosed(failures: number): boolean {
    return failures >= this.options.failuresInAll;
  }

  /** Until when the failure that makes `failures` in a row locks the code step, or nothing when it does not. */
  lockAfter(failures: number, now: Date): Date | undefined {
    const { failuresPerLock, lockMs, longestLockMs } = this.options;
    if (failures % failuresPerLock !== 0) return undefined;
    return addMilliseconds(now, Math.min(lockMs * 2 ** (failures / failuresPerLock - 1), longestLockMs));
  }

  /** How long to wait after the `sends`th code of a binding before another one by the same channel. */
  resendDelay(channel: Channel, sends: number): number {
    const first = channel === 'EMAIL' ? this.options.mailResendMs : this.options.smsResendMs;
    return Math.min(first * 2 ** (sends - 1), LONGEST_RESEND_MS);
  }
}
