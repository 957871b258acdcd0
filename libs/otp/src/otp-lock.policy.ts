import { MINUTE, addMilliseconds } from '@portillon/kernel';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpSubjectEntity } from './otp-subject.entity';
import type { OtpPolicy } from './otp.policy';
import type { OtpLock } from './otp.types';

/** How far the clocks of two servers may be apart; a clock further behind has been set back. */
const CLOCK_SKEW_MS = 5 * MINUTE;

/** The refusal of a person whose code step is locked. */
export function lockOf(subject: OtpSubjectEntity, policy: OtpPolicy, now: Date): OtpLock | undefined {
  if (policy.isClosed(subject.failures)) return { status: 'locked', retryAt: null, fresh: false };
  if (!subject.lockedUntilAt || subject.lockedUntilAt <= now) return undefined;
  return { status: 'locked', retryAt: subject.lockedUntilAt, fresh: false };
}

/** The person without the attempt that was counted last, nor the lock that it made. */
export function withoutAttempt(subject: OtpSubjectEntity, policy: OtpPolicy, now: Date): OtpSubjectEntity {
  const lockedUntilAt = policy.lockAfter(subject.failures, now) ? now : subject.lockedUntilAt;
  return { ...subject, failures: subject.failures - 1, lockedUntilAt };
}

/** Whether a code was sent so far in the future of this server that its clock cannot say whether the code's life is over. */
export function isOfFuture({ sentAt }: Pick<OtpChallengeEntity, 'sentAt'>, now: Date): boolean {
  return sentAt > addMilliseconds(now, CLOCK_SKEW_MS);
}
