import { DAY, addMilliseconds } from '@portillon/kernel';
import type { StructurePolicy } from '@portillon/structure';

/** How the identity of an account holder was verified. */
export const IDENTITY_METHODS = ['pro-sante-connect', 'card', 'face-to-face'] as const;
export type IdentityMethod = (typeof IDENTITY_METHODS)[number];

/** A verification of the account holder's identity. */
export interface IdentityVerification {
  method: IdentityMethod;
  at: Date;
}

/** Whether the national directory lists the national id of an account; `unknown`: it does not cover ids of this kind. */
export const DIRECTORY_STATES = ['found', 'not-found', 'unknown'] as const;
export type DirectoryState = (typeof DIRECTORY_STATES)[number];

/** Last answer of the national directory. */
export interface DirectoryEntryState {
  state: DirectoryState;
  at: Date;
}

/** A national id that is due for a look-up. */
export interface DueLookup {
  accountId: string;
  nationalId: string;
  /** Null: it was never looked up. */
  dueAt: Date | null;
}

/** Number of open accounts; the other numbers may overlap. */
export interface IdentityCount {
  people: number;
  /** Identity never verified. */
  unverified: number;
  /** Identity due for another verification. */
  due: number;
  /** National id unknown to the directory. */
  unknownToDirectory: number;
}

/** RIE v2 (draft), PS 08: an identity is verified again after at most three years. */
const VERIFIED_YEARS = 3;
/** RIE v1, EXI 27: a national id is looked up again after two years. */
const LOOKED_UP_YEARS = 2;
/** A sign-in by Pro Santé Connect or card renews a verification older than this: people who use them are never due. */
const RENEWED_AFTER_MS = 365 * DAY;
/** How long before a structure's rule refuses a person they are warned. */
const ANNOUNCED_MS = 30 * DAY;

/** When the identity must be verified again. */
export function identityDueAt({ at }: Pick<IdentityVerification, 'at'>): Date {
  return yearsFrom(at, VERIFIED_YEARS);
}

/** A verification at or before the returned time is due at `now`. */
export function identityDueSince(now: Date): Date {
  return yearsFrom(now, -VERIFIED_YEARS);
}

/** Whether the identity is verified and not due. */
export function isIdentityProven(identity: IdentityVerification | null, now: Date): boolean {
  return identity !== null && identityDueAt(identity) > now;
}

/** Whether a sign-in that proves the identity should be recorded as a verification. */
export function isIdentityWorthNoting(identity: IdentityVerification | null, now: Date): boolean {
  return identity === null || addMilliseconds(identity.at, RENEWED_AFTER_MS) <= now;
}

/** When a national id is looked up in the directory again. */
export function lookUpDueAt(lookedUpAt: Date): Date {
  return yearsFrom(lookedUpAt, LOOKED_UP_YEARS);
}

/**
 * When the structure's rule begins to refuse the person's password, passkey and code: its date, or the later time at
 * which a verified identity is due. Null without such a rule.
 */
export function identityRequiredAt(
  { identityRequiredFrom: from }: Pick<StructurePolicy, 'identityRequiredFrom'>,
  identity: IdentityVerification | null,
): Date | null {
  if (!from || !identity) return from;
  const dueAt = identityDueAt(identity);
  return dueAt > from ? dueAt : from;
}

/** The same moment, from 30 days before it; null earlier. */
export function identityAnnouncedAt(
  policy: Pick<StructurePolicy, 'identityRequiredFrom'>,
  identity: IdentityVerification | null,
  now: Date,
): Date | null {
  const at = identityRequiredAt(policy, identity);
  return at && now >= addMilliseconds(at, -ANNOUNCED_MS) ? at : null;
}

/** The same day and time of another year; 29 February becomes 1 March. */
function yearsFrom(time: Date, years: number): Date {
  const other = new Date(time);
  other.setUTCFullYear(time.getUTCFullYear() + years);
  return other;
}
