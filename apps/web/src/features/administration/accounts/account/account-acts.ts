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
  /** Deletes something that the person had, or closes the account: confirmed in red. */
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
  const { passwordUntil, passwordVoidSince, codeUntil, codeUntilReopened } = locks;
  return Boolean(passwordUntil || passwordVoidSince || codeUntil || codeUntilReopened || reportedEventAt);
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

/** What the action came to, as a key of its texts. */
export function outcomeOf(act: ActName, account: AdminAccount): string {
  if (act === 'link' && pendingOf(account, 'identity')) return 'link.waits';
  return act === 'unlock' && account.locks.passwordVoidSince ? 'unlock.linkSent' : `${act}.done`;
}

const ACCESS = {
  confirmEmail: confirms('email'),
  cancelEmail: cancels('email'),
  confirmRoles: confirms('roles'),
  cancelRoles: cancels('roles'),
  confirmManagement: confirms('management'),
  cancelManagement: cancels('management'),
  unlock: { offered: isLocked, send: withReason(api.unlock) },
  resendInvitation: { offered: invited, send: withReason(api.resendInvitation) },
  revokeSessions: { offered: ({ openSessions }) => openSessions > 0, send: withReason(api.revokeSessions) },
  resetFactors: { offered: active, send: withReason(api.resetFactors), grave: true, destroys: true },
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
  reactivate: {
    offered: (account) => closed(account) && !erased(account) && !account.erasureRequestedAt,
    send: withReason(api.reactivate),
  },
  deactivate: {
    offered: (account) => !closed(account),
    send: withReason(api.deactivate),
    grave: true,
    destroys: true,
    notOnSelf: true,
  },
} satisfies Record<string, Act>;
const IDENTITY = {
  confirmLink: confirms('identity'),
  cancelLink: cancels('identity'),
  link: {
    offered: (account) => !closed(account) && !account.nationalId && !pendingOf(account, 'identity'),
    asks: 'nationalId',
    send: ({ id }, { nationalId, reason }) =>
      api.linkNationalId(id, { nationalId: nationalId.trim(), reason }),
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
  unlink: {
    offered: (account) => !closed(account) && Boolean(account.nationalId),
    send: withReason(api.unlinkNationalId),
    grave: true,
    destroys: true,
  },
} satisfies Record<string, Act>;
const DATA = {
  cancelErasure: cancels('erasure'),
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
  confirmErasure: { ...confirms('erasure'), grave: true, destroys: true, notOnSelf: true },
} satisfies Record<string, Act>;

/** All actions of an administrator on an account except editing, in display order: the grave one is the last of its group. */
export const ACT_GROUPS = { access: ACCESS, identity: IDENTITY, data: DATA };
const ACTS = { ...ACCESS, ...IDENTITY, ...DATA };

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
