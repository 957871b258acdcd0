import * as api from '../../../../api/administration.api';
import type { AccountLine } from '../../../../api/types';

interface BulkAct {
  /** Whether it makes sense for an account as the list has it. */
  offered: (account: AccountLine) => boolean;
  /** Shuts people out: asked as an alert. */
  grave?: boolean;
  /** On the own account it would end what goes on. */
  notOnSelf?: boolean;
  send: (id: string, body: { reason?: string }) => Promise<unknown>;
}

/** Bulk actions: the actions on one account that require only a reason. */
export const BULK_ACTS = {
  unlock: { offered: ({ locked }) => locked, send: api.unlock },
  resendInvitation: { offered: ({ status }) => status === 'INVITED', send: api.resendInvitation },
  // Whose identity is proven is refused by the API: the list does not have it.
  askIdentity: { offered: ({ status }) => status === 'ACTIVE', send: api.askIdentity },
  revokeSessions: {
    offered: ({ status }) => status === 'ACTIVE',
    notOnSelf: true,
    send: api.revokeSessions,
  },
  deactivate: {
    offered: ({ status }) => status !== 'DEACTIVATED',
    grave: true,
    notOnSelf: true,
    send: api.deactivate,
  },
  // Who was erased has no address and does not come back.
  reactivate: {
    offered: ({ status, email }) => status === 'DEACTIVATED' && email !== '',
    send: api.reactivate,
  },
} satisfies Record<string, BulkAct>;

export type BulkActName = keyof typeof BULK_ACTS;
export const bulkActOf = (name: BulkActName): BulkAct => BULK_ACTS[name];

/** The accounts that the act is for, and those that it leaves as they are. */
export function split(
  name: BulkActName,
  accounts: readonly AccountLine[],
  isSelf: (id: string) => boolean,
): { concerned: AccountLine[]; others: AccountLine[] } {
  const { offered, notOnSelf } = bulkActOf(name);
  const isConcerned = (account: AccountLine) => offered(account) && !(notOnSelf && isSelf(account.id));
  return {
    concerned: accounts.filter(isConcerned),
    others: accounts.filter((account) => !isConcerned(account)),
  };
}
