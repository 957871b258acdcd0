import { ParsedToken, secretMatches, addMilliseconds, later } from '@portillon/kernel';
import { createHash, createHmac } from 'node:crypto';
import type { SessionPolicy } from '../session/session.policy';
import type { Device } from '../session/session.types';
import type { TrustedDeviceEntity } from './trusted-device.entity';

/** A browser that is trusted for one person. */
export interface TrustedDevice {
  id: string;
  accountId: string;
  codeAcceptedAt: Date;
  /** Until then the person needs no code in this browser. Set by the code; no use extends it. */
  codeValidUntilAt: Date;
  /** Whether that is still in the future. Once false it stays false, even when the clock steps back. */
  codeStillValid: boolean;
  createdAt: Date;
  lastUsedAt: Date;
  device: Device;
}

/** Result of reading the cookie for one person. `token`: to be rotated once the password is checked. */
export type DeviceRecognition =
  | { status: 'unknown' }
  | { status: 'recognised'; browser: TrustedDevice; token: string }
  | { status: 'reused'; browserId: string };

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
  return later(row.lastUsedAt, now);
}

/** The stored digest of a secret, as for the tokens of the kernel. */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The secret that follows `secret`. Tabs that present the same secret within the grace period get the same next one,
 * so no tab signs out another. It needs both halves: the salt alone (a stolen database) or the secret alone (a stolen
 * cookie) reveals nothing.
 */
export function nextSecret(secret: string, salt: string): string {
  return createHmac('sha256', secret).update(salt).digest('base64url');
}
