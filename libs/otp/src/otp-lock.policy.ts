import { MINUTE, addMilliseconds } from '@portillon/kernel';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpSubjectEntity } from './otp-subject.entity';
import type { OtpPolicy } from './otp.policy';
import type { OtpLock } from './otp.types';

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
