/** Kinds of changes that take effect after a delay. */
export const PENDING_CHANGE_KINDS = ['email', 'identity', 'roles', 'erasure'] as const;
export type PendingChangeKind = (typeof PENDING_CHANGE_KINDS)[number];

/** A change that an administrator requested, before it takes effect. */
export interface PendingChange {
  id: string;
  accountId: string;
  kind: PendingChangeKind;
  /** The mail address, the national id, the roles as words, or the date and reason of an erasure request. */
  value: string;
  /** Account of the administrator, or the application. */
  requestedBy: string;
  requestedAt: Date;
  /** When it takes effect, unless another administrator confirms it before. */
  effectiveAt: Date;
}

/** `moved`: it waits no longer, or the account has changed. `taken`: another account has the national id. */
export type PendingChangeResult = 'applied' | 'moved' | 'taken';
