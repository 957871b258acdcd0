import type { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpPolicy } from './otp.policy';
import type { OtpChallenge } from './otp.types';

/** Returns the public part of a challenge, without digests. */
export function toChallenge(row: OtpChallengeEntity, policy: OtpPolicy): OtpChallenge {
  return {
    id: row.id,
    purpose: row.purpose,
    subjectId: row.subjectId,
    binding: row.binding,
    channel: row.channel,
    destinationHint: row.destinationHint,
    reference: row.reference,
    sentAt: row.sentAt,
    expiresAt: row.expiresAt,
    resendAvailableAt: row.resendAvailableAt,
    attemptsLeft: attemptsLeft(row, policy),
    codeLength: row.codeLength,
  };
}

/** Number of codes that may still be tried against a challenge. */
export function attemptsLeft(row: Pick<OtpChallengeEntity, 'tries'>, policy: OtpPolicy): number {
  return Math.max(0, policy.options.triesPerCode - row.tries);
}
