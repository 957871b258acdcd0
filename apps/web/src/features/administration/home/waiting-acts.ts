import type { AdminAccount } from '../../../api/types';
import { actsFor, type ActName } from '../accounts/account/account-acts';
import type { WaitingKind } from './administration-overview';

/** What ends each kind of waiting, the first that the account offers to who reads. */
const ACTS: Record<WaitingKind, ActName[]> = {
  EMERGENCY_ACCESS: ['closeEmergencyAccess'],
  CHANGE_PENDING: ['confirmEmail', 'confirmLink', 'confirmRoles', 'confirmErasure'],
  ERASURE_REQUESTED: ['erase'],
  LOCKED: ['unlock'],
  INVITATION_EXPIRED: ['resendInvitation'],
  // It takes place by itself: the page of the person says when, and opens the account again.
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
