import type { AuditData, EventName, Reason } from '../vocabulary.types';

export type AuditOutcome = 'SUCCESS' | 'FAILURE';

/** An action that was done or refused. Control characters are removed from texts, which are cut to their columns. */
export type AuditEvent = AuditFacts & AuditVerdict;

/** Outcome and reason, which is never shown in the answer. */
export type AuditVerdict =
  /** Text of an administrator, or a word of the service. */
  { outcome: 'SUCCESS'; reason?: string } | { outcome: 'FAILURE'; reason?: Reason };

export interface AuditFacts {
  name: EventName;
  /** Account that the event concerns. */
  accountId?: string | null;
  /** Account of the actor, when it is another person. */
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

/** A line of the journal as written. */
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
  /** Number of the seal that covers it; null in the first minute. */
  seal: number | null;
}

export interface AuditPage {
  items: AuditEntry[];
  /** Cursor of the next, older page; null on the last one. */
  nextCursor: string | null;
}

/** Selects lines that match all given conditions. */
export interface AuditFilter {
  /** Account that the event concerns. */
  accountId?: string;
  /** Account of the actor. */
  actorId?: string;
  /** One of these names; at most {@link MOST_NAMES}. */
  names?: string[];
  structureId?: string;
  /** One of these structures. */
  structureIds?: readonly string[];
  /** Lines at or after this time. */
  from?: Date;
  /** Lines before this time. */
  to?: Date;
  outcome?: AuditOutcome;
  /** Lines written during this request. */
  requestId?: string;
  /**
   * The reference of a code, of letters and digits. It has no index: combine it with a name and a short period, whose
   * lines are read one by one.
   */
  reference?: string;
}

/** Maximum number of names in one filter: each costs a range of the index. */
export const MOST_NAMES = 20;
