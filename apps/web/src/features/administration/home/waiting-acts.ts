import type { AdminAccount } from '../../../api/types';
import { actsFor, type ActName } from '../accounts/account/account-acts';
import type { WaitingKind } from './administration-overview';

/** The action that ends each kind of waiting: the first that the account offers to the reader. */
const ACTS: Record<WaitingKind, ActName[]> = {
  EMERGENCY_ACCESS: ['closeEmergencyAccess'],
  CHANGE_PENDING: ['confirmEmail', 'confirmLink', 'confirmRoles', 'confirmErasure'],
  ERASURE_REQUESTED: ['erase'],
  LOCKED: ['unlock'],
  INVITATION_EXPIRED: ['resendInvitation'],
  // It takes place automatically: the person's page shows when, and reopens the account.
  ERASURE_DUE: [],
};

/** Nothing where the account has moved meanwhile, or another administrator is to do it. */
export function actWaitedFor(
  kind: WaitingKind,
  account: AdminAccount,
  isSelf: (id: string) => boolean,
): ActName | undefined {
  const offered = actsFor(account, isSelf);
  return ACTS[kind].find((act) => offered.includes(act));
}
