import * as api from '../../../../api/administration.api';
import type { AccountLine } from '../../../../api/types';

interface BulkAct {
  /** Whether the action applies to an account, as far as the list shows. */
  offered: (account: AccountLine) => boolean;
  /** Locks people out: its dialog is an alert. */
  grave?: boolean;
  /** On the reader's own account it would end the present session. */
  notOnSelf?: boolean;
  send: (id: string, body: { reason?: string }) => Promise<unknown>;
}

/** Bulk actions: the actions on one account that require only a reason. */
export const BULK_ACTS = {
  unlock: { offered: ({ locked }) => locked, send: api.unlock },
  resendInvitation: { offered: ({ status }) => status === 'INVITED', send: api.resendInvitation },
  // The list does not show a proven identity: the API refuses those accounts.
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
  // An erased account has no address and cannot be reopened.
  reactivate: {
    offered: ({ status, email }) => status === 'DEACTIVATED' && email !== '',
    send: api.reactivate,
  },
} satisfies Record<string, BulkAct>;

export type BulkActName = keyof typeof BULK_ACTS;
export const bulkActOf = (name: BulkActName): BulkAct => BULK_ACTS[name];

/** Accounts that the action applies to, and those that it leaves unchanged. */
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
