import type { AdminAccount } from '../../../api/types';
import { actsFor, type ActName } from '../accounts/account/account-acts';
import type { WaitingKind } from './administration-overview';

/** The action that resolves each kind of pending work: the first that the reader may do. */
const ACTS: Record<WaitingKind, ActName[]> = {
  // The administrator first checks the address and the means on the person's page.
  REPORTED: [],
  EMERGENCY_ACCESS: ['closeEmergencyAccess'],
  CHANGE_PENDING: ['confirmEmail', 'confirmLink', 'confirmRoles', 'confirmErasure'],
  ERASURE_REQUESTED: ['erase'],
  LOCKED: ['unlock'],
  INVITATION_EXPIRED: ['resendInvitation'],
  // It takes place automatically: the person's page shows its date, and reopens the account.
  ERASURE_DUE: [],
};

/** Returns nothing if the account has changed meanwhile, or if another administrator must act. */
export function actWaitedFor(
  kind: WaitingKind,
  account: AdminAccount,
  isSelf: (id: string) => boolean,
): ActName | undefined {
  const offered = actsFor(account, isSelf);
  return ACTS[kind].find((act) => offered.includes(act));
}
