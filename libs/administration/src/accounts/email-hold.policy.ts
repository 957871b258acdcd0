import type { Account, AccountChanges } from '@portillon/account';
import { administers } from '../rights.policy';

/**
 * Whether the change of address waits for a second administrator or 24 hours: who changes an address could reset the
 * password into the account. An account that its person never opened has nothing to protect.
 */
export function emailWaits(
  before: Pick<Account, 'email' | 'roles' | 'policy' | 'status' | 'passwordDigest' | 'lastSignedInAt'>,
  { email, roles = before.roles }: AccountChanges,
  byMachine = false,
): boolean {
  if (email === undefined || email === before.email || !wasOpened(before)) return false;
  // Roles that go with the same change are looked at too: the account is an administrator's until it is written.
  // A stolen secret of a machine would have every address of its structure changed in a minute.
  return byMachine || before.policy.fourEyes || administers(before.roles) || administers(roles);
}

/** An account that was closed and opened again without a password is an invited one, whose person may still come by card. */
function wasOpened({
  status,
  passwordDigest,
  lastSignedInAt,
}: Pick<Account, 'status' | 'passwordDigest' | 'lastSignedInAt'>): boolean {
  return status === 'ACTIVE' || passwordDigest !== null || lastSignedInAt !== null;
}
