import * as api from '../../api/administration.api';
import type { AdminAccount, EmergencyMeans } from '../../api/types';

/** What the dialog of an act asked for. */
export interface ActInput {
  reason?: string;
  nationalId: string;
  means: EmergencyMeans;
  hours: number;
}

interface Act {
  /** Whether it makes sense for the account as it is. */
  offered: (account: AdminAccount) => boolean;
  /** Cannot be undone, or shuts somebody out: said in red. */
  grave?: boolean;
  /** An administrator asks another one to do it. */
  notOnSelf?: boolean;
  /** What it needs to know besides a reason. */
  asks?: 'nationalId' | 'emergency';
  send: (id: string, input: ActInput) => Promise<AdminAccount>;
}

const active = ({ status }: AdminAccount) => status === 'ACTIVE';
const closed = ({ status }: AdminAccount) => status === 'DEACTIVATED';
const invited = ({ status }: AdminAccount) => status === 'INVITED';
const withReason = (send: (id: string, body: { reason?: string }) => Promise<AdminAccount>) => {
  return (id: string, { reason }: ActInput) => send(id, { reason });
};

function isLocked({ locks }: AdminAccount): boolean {
  return Boolean(locks.passwordUntil || locks.codeUntil || locks.codeUntilReopened);
}

/** Everything an administrator does to an account besides editing it, in the order of the page. */
export const ACTS = {
  unlock: { offered: isLocked, send: withReason(api.unlock) },
  resendInvitation: { offered: invited, send: withReason(api.resendInvitation) },
  revokeSessions: { offered: ({ openSessions }) => openSessions > 0, send: withReason(api.revokeSessions) },
  resetFactors: { offered: active, send: withReason(api.resetFactors), grave: true },
  link: {
    offered: (account) => !closed(account) && !account.nationalId,
    asks: 'nationalId',
    send: (id, { nationalId, reason }) => api.linkNationalId(id, { nationalId: nationalId.trim(), reason }),
  },
  unlink: {
    offered: (account) => !closed(account) && Boolean(account.nationalId),
    send: withReason(api.unlinkNationalId),
    grave: true,
  },
  openEmergencyAccess: {
    offered: (account) => active(account) && !account.emergencyAccess,
    asks: 'emergency',
    grave: true,
    notOnSelf: true,
    send: (id, { means, hours, reason = '' }) => api.openEmergencyAccess(id, { means, hours, reason }),
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
    offered: (account) => closed(account) && !account.erasureRequestedAt,
    send: withReason(api.reactivate),
  },
  erase: {
    offered: ({ erasureRequestedAt }) => erasureRequestedAt !== null,
    send: withReason(api.erase),
    grave: true,
    notOnSelf: true,
  },
} satisfies Record<string, Act>;

export type ActName = keyof typeof ACTS;
export const actOf = (name: ActName): Act => ACTS[name];

/** What can be done to this account, by somebody else or by its own person. */
export function actsFor(account: AdminAccount, self: boolean): ActName[] {
  const names = Object.keys(ACTS) as ActName[];
  return names.filter((name) => actOf(name).offered(account) && !(self && actOf(name).notOnSelf));
}
