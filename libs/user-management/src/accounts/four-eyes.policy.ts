import { heldRoles, PRIVILEGED_ROLES } from '@portillon/account';
import type { Account, AccountChanges } from '@portillon/account';
import { DAY } from '@portillon/kernel';
import { isNational, isPrivileged } from '../rights/rights.policy';

/** The time within which an attacker would restore a role that they removed to change the account. */
const HELD_MS = 30 * DAY;
/** As long as a change waits: the holder of a stolen account may not have objected before. */
const RECENT_MS = DAY;

type Opened = Pick<Account, 'status' | 'passwordDigest' | 'lastSignedInAt'>;
type Protected = Opened & Pick<Account, 'roles' | 'policy' | 'administrationChangedAt' | 'fourEyesLeftAt'>;

/**
 * Whether a new address or identity waits for a second administrator or 24 hours, because the first administrator could
 * sign in with it. An account that was never used has nothing to protect.
 */
export function accessWaits(account: Protected, now: Date, byMachine = false): boolean {
  if (!wasOpened(account)) return false;
  // A stolen secret of a machine would have every address of its structure changed in a minute.
  if (byMachine || account.policy.fourEyes || isHeldAsAdministrator(account, now)) return true;
  // Else an account is moved out of the structure, changed, and moved back.
  return isRecent(account.fourEyesLeftAt, now);
}

/** The part of the changes that waits. */
export function waitingChanges(
  before: Protected & Pick<Account, 'email' | 'accessChangedAt'>,
  { email, roles }: AccountChanges,
  now: Date,
  byMachine = false,
): Pick<AccountChanges, 'email' | 'roles'> {
  const isNewEmail = email !== undefined && email !== before.email;
  // Roles that go with the same change are looked at too: the account is an administrator's until it is written.
  const becomes = { ...before, roles: [...before.roles, ...(roles ?? [])] };
  return {
    ...(isNewEmail && accessWaits(becomes, now, byMachine) && { email }),
    ...(roles && gainsRights(before.roles, roles) && isRecent(before.accessChangedAt, now) && { roles }),
  };
}

/**
 * Whether this administrator counts as the second pair of eyes. Refused when, within 24 hours, an administrator gave the
 * account this role or changed its means: the first administrator may control it.
 */
export function countsAsSecond(
  { administrationChangedAt, accessChangedAt }: Pick<Account, 'administrationChangedAt' | 'accessChangedAt'>,
  now: Date,
): boolean {
  return !isRecent(administrationChangedAt, now) && !isRecent(accessChangedAt, now);
}

function isHeldAsAdministrator(account: Protected, now: Date): boolean {
  return isPrivileged(heldRoles(account)) || isWithin(account.administrationChangedAt, HELD_MS, now);
}

function gainsRights(before: readonly string[], after: readonly string[]): boolean {
  if (isNational(before)) return false;
  return PRIVILEGED_ROLES.some((role) => after.includes(role) && !before.includes(role));
}

function isRecent(time: Date | null, now: Date): boolean {
  return isWithin(time, RECENT_MS, now);
}

function isWithin(time: Date | null, span: number, now: Date): boolean {
  return time !== null && now.getTime() - time.getTime() < span;
}

/** An account that was closed and reopened without a password counts as invited. Its holder may still sign in by card. */
function wasOpened({ status, passwordDigest, lastSignedInAt }: Opened): boolean {
  return status === 'ACTIVE' || passwordDigest !== null || lastSignedInAt !== null;
}
