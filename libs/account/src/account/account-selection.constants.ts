import { tableNameOf } from '@portillon/persistence';
import { PendingChangeEntity } from '../pending-change/pending-change.entity';
import { AccountEntity } from './account.entity';

/** Filters of an administrator's list, for any status and structure. */
export const ACCOUNT_SELECTIONS = [
  'NEVER_SIGNED_IN',
  'NO_STRONG_MEANS',
  'ERASURE_REQUESTED',
  'ERASURE_DUE',
  'INVITATION_EXPIRED',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'REPORTED',
  'HAS_PASSWORD',
  'KEPT_OUT_BY_RULE',
  'ONLY_BY_CARD',
  'IDENTITY_UNVERIFIED',
  'IDENTITY_DUE',
  'UNKNOWN_TO_DIRECTORY',
] as const;
export type AccountSelection = (typeof ACCOUNT_SELECTIONS)[number];

/** During an emergency access the password admits the person, whatever the structure's rule. */
const NO_EMERGENCY =
  "(account.emergencyUntilAt IS NULL OR account.emergencyUntilAt <= :now OR account.emergencyMeans <> 'password')";

/** SQL on the alias `account` with the parameters `now` and `identityDueSince`; contains no text of the caller. */
export const SELECTED: Record<AccountSelection, string> = {
  NEVER_SIGNED_IN: "account.status = 'ACTIVE' AND account.lastSignedInAt IS NULL",
  // A closed account needs no means, and an erased one has none.
  NO_STRONG_MEANS: "account.status <> 'DEACTIVATED' AND account.nationalId IS NULL",
  // An erased account keeps the time of the request, but no address. The condition is separate: MariaDB would expect
  // many matches and walk the order of the list for a page of few.
  get ERASURE_REQUESTED() {
    return `account.id IN (SELECT asked.id FROM ${tableNameOf(AccountEntity)} asked
      WHERE asked.erasureRequestedAt IS NOT NULL AND asked.email <> '')`;
  },
  get ERASURE_DUE() {
    return `account.id IN (SELECT due.id FROM ${tableNameOf(AccountEntity)} due WHERE due.erasureDueAt IS NOT NULL)`;
  },
  INVITATION_EXPIRED: "account.status = 'INVITED' AND account.invitedUntilAt <= :now",
  EMERGENCY_ACCESS: 'account.emergencyUntilAt > :now',
  get CHANGE_PENDING() {
    return `account.id IN (SELECT waiting.accountId FROM ${tableNameOf(PendingChangeEntity)} waiting)`;
  },
  REPORTED: 'account.reportedEventAt IS NOT NULL',
  // Accounts that a password may admit; the policy of signing in decides.
  HAS_PASSWORD: "account.status = 'ACTIVE' AND account.passwordDigest IS NOT NULL",
  // Accounts of structures whose rule refuses password and code; the caller passes them as `ofStructures`.
  KEPT_OUT_BY_RULE: `account.status = 'ACTIVE' AND account.nationalId IS NULL AND ${NO_EMERGENCY}`,
  ONLY_BY_CARD: `account.status = 'ACTIVE' AND account.nationalId IS NOT NULL AND ${NO_EMERGENCY}`,
  // A closed account needs no verification.
  IDENTITY_UNVERIFIED: "account.status <> 'DEACTIVATED' AND account.identityVerifiedAt IS NULL",
  IDENTITY_DUE: "account.status <> 'DEACTIVATED' AND account.identityVerifiedAt <= :identityDueSince",
  UNKNOWN_TO_DIRECTORY: "account.status <> 'DEACTIVATED' AND account.directoryState = 'not-found'",
};
