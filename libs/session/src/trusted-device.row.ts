import { ParsedToken, secretMatches, shift } from '@portillon/kernel';
import type { SessionPolicy } from './session.policy';
import type { TrustedDevice } from './trusted-device.types';

/** What a statement gives of one remembered browser. */
export interface TrustedDeviceRow {
  id: string;
  accountId: string;
  secretDigest: string | null;
  previousDigest: string | null;
  rotationSalt: string | null;
  rotatedAt: Date;
  codeAcceptedAt: Date;
  createdAt: Date;
  lastUsedAt: Date;
  userAgent: string;
  address: string;
}

export const TRUSTED_DEVICE_COLUMNS = `id, accountId, secretDigest, previousDigest, rotationSalt, rotatedAt, codeAcceptedAt,
  createdAt, lastUsedAt, userAgent, address`;

/** Whether the secret is the present one, or the one before while that is still good. */
export function isAccepted(
  row: TrustedDeviceRow,
  token: ParsedToken,
  now: Date,
  policy: SessionPolicy,
): boolean {
  return secretMatches(token.secret, row.secretDigest) || isPrevious(row, token, now, policy);
}

/** Whether the secret is the one before, and still good: another tab has just rotated. */
export function isPrevious(
  row: TrustedDeviceRow,
  token: ParsedToken,
  now: Date,
  policy: SessionPolicy,
): boolean {
  const good = shift(row.rotatedAt, policy.previousSecretMs) > seenSince(row, now);
  return secretMatches(token.secret, row.previousDigest) && good;
}

export function toTrustedDevice(row: TrustedDeviceRow, now: Date, policy: SessionPolicy): TrustedDevice {
  const codeValidUntilAt = shift(row.codeAcceptedAt, policy.codeWindowMs);
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

/** The time, but never before what the row has seen: a clock that steps back opens no window again. */
function seenSince(row: TrustedDeviceRow, now: Date): Date {
  return row.lastUsedAt > now ? row.lastUsedAt : now;
}
