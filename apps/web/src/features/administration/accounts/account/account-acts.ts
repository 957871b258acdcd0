import * as api from '../../../../api/administration.api';
import type {
  AdminAccount,
  AdminPendingChange,
  EmergencyMeans,
  PendingChangeKind,
} from '../../../../api/types';
import { saveFile } from '../../../../composables/page/save-file';

/** Values typed in an action's dialog. */
export interface ActInput {
  reason?: string;
  nationalId: string;
  means: EmergencyMeans;
  hours: number;
  /** Date on which a request for erasure was received. */
  receivedOn: string;
}

export interface Act {
  /** Whether the action applies to the account's present state. */
  offered: (account: AdminAccount) => boolean;
  /** Cannot be undone, or locks a person out: its dialog is an alert. */
  grave?: boolean;
  /** Deletes something that the person had: shown in red. */
  destroys?: boolean;
  /** Needs the confirmation of a second administrator. */
  notOnSelf?: boolean;
  /** The request that it confirms. Its requester may not confirm it; no one may confirm an application's. */
  confirms?: PendingChangeKind;
  /** Its fields besides the reason. */
  asks?: 'nationalId' | 'emergency' | 'recognition' | 'erasure' | 'reason';
  send: (account: AdminAccount, input: ActInput) => Promise<AdminAccount>;
}

const active = ({ status }: AdminAccount) => status === 'ACTIVE';
const closed = ({ status }: AdminAccount) => status === 'DEACTIVATED';
const erased = ({ email }: AdminAccount) => email === '';
const invited = ({ status }: AdminAccount) => status === 'INVITED';
const withReason = (send: (id: string, body: { reason?: string }) => Promise<AdminAccount>) => {
  return ({ id }: AdminAccount, { reason }: ActInput) => send(id, { reason });
};

function isLocked({ locks, reportedEventAt }: AdminAccount): boolean {
  return Boolean(locks.passwordUntil || locks.codeUntil || locks.codeUntilReopened || reportedEventAt);
}

/** Returns the pending change of this kind. */
export function pendingOf(
  { pendingChanges }: AdminAccount,
  kind: PendingChangeKind,
): AdminPendingChange | undefined {
  return pendingChanges.find((one) => one.kind === kind);
}

const confirms = (kind: PendingChangeKind) => ({
  offered: (account: AdminAccount) => pendingOf(account, kind) !== undefined,
  confirms: kind,
  send: ({ id, version }: AdminAccount, { reason }: ActInput) =>
    api.confirmChange(id, kind, version, { reason }),
});
const cancels = (kind: PendingChangeKind) => ({
  offered: (account: AdminAccount) => pendingOf(account, kind) !== undefined,
  send: ({ id }: AdminAccount, { reason }: ActInput) => api.cancelChange(id, kind, { reason }),
});

/** All actions of an administrator on an account except editing, in display order. */
export const ACTS = {
  confirmEmail: confirms('email'),
  cancelEmail: cancels('email'),
  confirmLink: confirms('identity'),
  cancelLink: cancels('identity'),
  confirmRoles: confirms('roles'),
  cancelRoles: cancels('roles'),
  confirmErasure: { ...confirms('erasure'), grave: true, destroys: true, notOnSelf: true },
  cancelErasure: cancels('erasure'),
  unlock: { offered: isLocked, send: withReason(api.unlock) },
  resendInvitation: { offered: invited, send: withReason(api.resendInvitation) },
  revokeSessions: { offered: ({ openSessions }) => openSessions > 0, send: withReason(api.revokeSessions) },
  resetFactors: { offered: active, send: withReason(api.resetFactors), grave: true, destroys: true },
  link: {
    offered: (account) => !closed(account) && !account.nationalId && !pendingOf(account, 'identity'),
    asks: 'nationalId',
    send: ({ id }, { nationalId, reason }) =>
      api.linkNationalId(id, { nationalId: nationalId.trim(), reason }),
  },
  unlink: {
    offered: (account) => !closed(account) && Boolean(account.nationalId),
    send: withReason(api.unlinkNationalId),
    grave: true,
    destroys: true,
  },
  verifyIdentity: {
    offered: (account) => !closed(account),
    asks: 'recognition',
    notOnSelf: true,
    send: ({ id }, { reason = '' }) => api.verifyIdentity(id, { reason }),
  },
  askIdentity: {
    offered: (account) => active(account) && (!account.identity || account.identity.isDue),
    send: withReason(api.askIdentity),
  },
  openEmergencyAccess: {
    offered: (account) => active(account) && !account.emergencyAccess,
    asks: 'emergency',
    grave: true,
    notOnSelf: true,
    send: ({ id }, { means, hours, reason = '' }) => api.openEmergencyAccess(id, { means, hours, reason }),
  },
  closeEmergencyAccess: {
    offered: ({ emergencyAccess }) => emergencyAccess !== null,
    send: withReason(api.closeEmergencyAccess),
  },
  deactivate: {
    offered: (account) => !closed(account),
    send: withReason(api.deactivate),
    grave: true,
    notOnSelf: true,
  },
  reactivate: {
    offered: (account) => closed(account) && !erased(account) && !account.erasureRequestedAt,
    send: withReason(api.reactivate),
  },
  exportData: {
    offered: (account) => !erased(account),
    asks: 'reason',
    send: async (account, { reason = '' }) => {
      const text = JSON.stringify(await api.exportDataOf(account.id, { reason }), null, 2);
      saveFile(`portillon-donnees-${account.username}.json`, new Blob([text], { type: 'application/json' }));
      return account;
    },
  },
  erase: {
    offered: (account) => account.erasureRequestedAt !== null && !erased(account),
    send: withReason(api.erase),
    grave: true,
    destroys: true,
    notOnSelf: true,
  },
  requestErasure: {
    offered: (account) => !erased(account) && !account.erasureRequestedAt && !pendingOf(account, 'erasure'),
    asks: 'erasure',
    grave: true,
    destroys: true,
    notOnSelf: true,
    send: ({ id }, { receivedOn, reason = '' }) => api.requestErasure(id, { receivedOn, reason }),
  },
} satisfies Record<string, Act>;

export type ActName = keyof typeof ACTS;
export const actOf = (name: ActName): Act => ACTS[name];

/** Whether it resolves something pending on the account, which probably brought the reader here. */
export function calledFor(name: ActName): boolean {
  return Boolean(actOf(name).confirms) || name === 'closeEmergencyAccess' || name === 'erase';
}

/** Actions that the reader may do on this account. Some must not be done by its holder or by the requester. */
export function actsFor(account: AdminAccount, isSelf: (id: string) => boolean): ActName[] {
  const own = isSelf(account.id);
  return (Object.keys(ACTS) as ActName[]).filter((name) => {
    const { offered, notOnSelf, confirms: kind } = actOf(name);
    const request = kind && pendingOf(account, kind);
    return offered(account) && !(own && notOnSelf) && !(request && !mayConfirm(request, isSelf));
  });
}

/** Applications have no name here. */
function mayConfirm({ requestedBy }: AdminPendingChange, isSelf: (id: string) => boolean): boolean {
  return requestedBy.displayName !== null && !isSelf(requestedBy.id);
}
