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
  /** From then on. */
  from?: Date;
  /** Before then. */
  to?: Date;
  outcome?: AuditOutcome;
}

/** Most names in one filter: each costs a range of the index. */
export const MOST_NAMES = 20;
