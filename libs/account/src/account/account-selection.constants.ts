import { tableNameOf } from '@portillon/persistence';
import { PendingChangeEntity } from '../pending-change/pending-change.entity';
import { AccountEntity } from './account.entity';

/** What an administrator may want to see alone, whatever the status and the structure. */
export const ACCOUNT_SELECTIONS = [
  'NEVER_SIGNED_IN',
  'NO_STRONG_MEANS',
  'ERASURE_REQUESTED',
  'ERASURE_DUE',
  'INVITATION_EXPIRED',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'HAS_PASSWORD',
  'KEPT_OUT_BY_RULE',
  'ONLY_BY_CARD',
  'IDENTITY_UNVERIFIED',
  'IDENTITY_DUE',
  'UNKNOWN_TO_DIRECTORY',
] as const;
export type AccountSelection = (typeof ACCOUNT_SELECTIONS)[number];

/** By an emergency access the password opens, whatever the structure's rule. */
const NO_EMERGENCY =
  "(account.emergencyUntilAt IS NULL OR account.emergencyUntilAt <= :now OR account.emergencyMeans <> 'password')";

/** Of the alias `account` and the parameters `now` and `identityDueSince`, with nothing of the caller's in it. */
export const SELECTED: Record<AccountSelection, string> = {
  NEVER_SIGNED_IN: "account.status = 'ACTIVE' AND account.lastSignedInAt IS NULL",
  // A closed account needs no means, and one whose person is erased has none.
  NO_STRONG_MEANS: "account.status <> 'DEACTIVATED' AND account.nationalId IS NULL",
  // An erased account keeps when it was asked for, and no address. On their own, since MariaDB takes all those for what is
  // looked for, and would walk the order of the list to find a page of them.
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
  // Whom a password may let in; whether it does is for the judgement of a sign-in.
  HAS_PASSWORD: "account.status = 'ACTIVE' AND account.passwordDigest IS NOT NULL",
  // Of the structures whose rule closes password and code, which the caller names (`ofStructures`).
  KEPT_OUT_BY_RULE: `account.status = 'ACTIVE' AND account.nationalId IS NULL AND ${NO_EMERGENCY}`,
  ONLY_BY_CARD: `account.status = 'ACTIVE' AND account.nationalId IS NOT NULL AND ${NO_EMERGENCY}`,
  // A closed account has no person to verify.
  IDENTITY_UNVERIFIED: "account.status <> 'DEACTIVATED' AND account.identityVerifiedAt IS NULL",
  IDENTITY_DUE: "account.status <> 'DEACTIVATED' AND account.identityVerifiedAt <= :identityDueSince",
  UNKNOWN_TO_DIRECTORY: "account.status <> 'DEACTIVATED' AND account.directoryState = 'not-found'",
};
