import type { AuditData, EventName, Reason } from '../vocabulary.types';

export type AuditOutcome = 'SUCCESS' | 'FAILURE';

/** Something that was done or refused. Free text is cleaned of control characters and cut to its column. */
export type AuditEvent = AuditFacts & AuditVerdict;

/** What came of it, and why: never for the answer. */
export type AuditVerdict =
  /** What an administrator wrote, or a word of the service. */
  { outcome: 'SUCCESS'; reason?: string } | { outcome: 'FAILURE'; reason?: Reason };

export interface AuditFacts {
  name: EventName;
  /** Whom it concerns. */
  accountId?: string | null;
  /** The actor, when it is someone else. */
  actorId?: string | null;
  structureId?: string | null;
  means?: string;
  channel?: string;
  address?: string;
  device?: string;
  requestId?: string;
  /** Members whose names denote a secret are blanked. */
  data?: AuditData;
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
