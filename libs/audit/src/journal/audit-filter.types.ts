import type { AuditOutcome } from './audit.types';

/** Selects lines that match all given conditions. */
export interface AuditFilter {
  /** Account that the event concerns. */
  accountId?: string;
  /** Account of the actor. */
  actorId?: string;
  /** One of these names; at most {@link MOST_NAMES}. */
  names?: string[];
  structureId?: string;
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
