/** What an administrator may want for an account and what does not hold at once. */
export const PENDING_CHANGE_KINDS = ['email', 'identity', 'roles', 'erasure'] as const;
export type PendingChangeKind = (typeof PENDING_CHANGE_KINDS)[number];

/** A change that an administrator wants for an account, before it takes effect. */
export interface PendingChange {
  id: string;
  accountId: string;
  kind: PendingChangeKind;
  /** The mail address, the national id, the roles as words, or when and why an erasure was asked for. */
  value: string;
  /** The account of the administrator who asked, or the application. */
  requestedBy: string;
  requestedAt: Date;
  /** Then it takes effect, unless another administrator confirms it before. */
  effectiveAt: Date;
}

/** `moved`: it waits no longer, or the account is not as it was seen. `taken`: another account has the national id. */
export type PendingChangeResult = 'applied' | 'moved' | 'taken';
