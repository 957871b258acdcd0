import { MINUTE, addMilliseconds, type Channel } from '@portillon/kernel';
import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpSubjectEntity } from './otp-subject.repository';
import type { OtpPolicy } from './otp.policy';
import type { OtpLock } from './otp.types';
import type { PastChallenge } from './otp-challenge.repository';
import type { OtpRound } from './otp-code.service';

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
