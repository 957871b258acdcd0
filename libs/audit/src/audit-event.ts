export type AuditOutcome = 'SUCCESS' | 'FAILURE';

/** Something that was done or refused. Free text is cleaned of control characters and cut to its column. */
export interface AuditEvent {
  /** A word of the OWASP logging vocabulary, such as `authn_login_fail`. */
  name: string;
  outcome: AuditOutcome;
  /** Whom it concerns. */
  accountId?: string | null;
  /** Who did it, when it is somebody else. */
  actorId?: string | null;
  structureId?: string | null;
  means?: string;
  channel?: string;
  address?: string;
  device?: string;
  requestId?: string;
  /** Why it was refused: for the journal, never for the answer. */
  reason?: string;
  /** What else an auditor needs. Never a secret, a code, a full number: members with such names are blanked. */
  data?: Record<string, unknown>;
}

/** A line of the journal, as it was written. */
export interface AuditEntry {
  id: string;
  at: Date;
  name: string;
  outcome: AuditOutcome;
  accountId: string | null;
  actorId: string | null;
  structureId: string | null;
  means: string | null;
  channel: string | null;
  address: string | null;
  device: string | null;
  requestId: string | null;
  reason: string | null;
  data: Record<string, unknown> | null;
  /** The number of the seal that covers it; nothing in the minute before it has one. */
  seal: number | null;
}

export interface AuditPage {
  items: AuditEntry[];
  /** For the next, older page; `null` on the last. */
  nextCursor: string | null;
}
