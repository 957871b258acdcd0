import type { AuditOutcome } from './audit.types';

/** Which lines: all that fit everything that is given. */
export interface AuditFilter {
  /** Whom it concerns. */
  accountId?: string;
  /** Who did it. */
  actorId?: string;
  /** One of these; at most {@link MOST_NAMES}. */
  names?: string[];
  structureId?: string;
  /** Lines at or after this time. */
  from?: Date;
  /** Before then. */
  to?: Date;
  outcome?: AuditOutcome;
  /** Written while this request was answered. */
  requestId?: string;
  /**
   * The reference of a code, of letters and digits. No index has it: give a name and a short span of time with it, whose
   * lines are looked at one by one.
   */
  reference?: string;
}

/** Most names in one filter: each costs a range of the index. */
export const MOST_NAMES = 20;
