import { ParsedToken, secretMatches, addMilliseconds } from '@portillon/kernel';
import type { SessionPolicy } from '../session/session.policy';
import type { TrustedDeviceEntity } from './trusted-device.entity';
import { digestOf } from './trusted-device.secret';
import type { TrustedDevice } from './trusted-device.types';

/** Whether the secret is the current one, or the previous one within the grace period. */
export function isAccepted(
  row: TrustedDeviceEntity,
  token: ParsedToken,
  now: Date,
  policy: SessionPolicy,
): boolean {
  return secretMatches(token.secret, row.secretDigest) || isPrevious(row, token, now, policy);
}

/** Whether the secret is the previous one within the grace period: another tab has just rotated it. */
export function isPrevious(
  row: TrustedDeviceEntity,
  token: ParsedToken,
  now: Date,
  policy: SessionPolicy,
): boolean {
  const good = addMilliseconds(row.rotatedAt, policy.previousSecretMs) > seenSince(row, now);
  return secretMatches(token.secret, row.previousDigest) && good;
}

/** Whether the browser had this secret earlier, which proves a copy of its cookie. An invented secret proves nothing. */
export function wasOnce(row: TrustedDeviceEntity, token: ParsedToken): boolean {
  const digest = digestOf(token.secret);
  return row.previousDigest === digest || (row.formerDigests ?? []).includes(digest);
}

export function toTrustedDevice(row: TrustedDeviceEntity, now: Date, policy: SessionPolicy): TrustedDevice {
  const codeValidUntilAt = addMilliseconds(row.codeAcceptedAt, policy.codeWindowMs);
  return {
    id: row.id,
    accountId: row.accountId,
    codeAcceptedAt: row.codeAcceptedAt,
    codeValidUntilAt,
    codeStillValid: codeValidUntilAt > seenSince(row, now),
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    device: { userAgent: row.userAgent, address: row.address },
  };
}

/** The current time, but not before the latest time in the row: a clock that steps back reopens no window. */
function seenSince(row: TrustedDeviceEntity, now: Date): Date {
  return row.lastUsedAt > now ? row.lastUsedAt : now;
}
