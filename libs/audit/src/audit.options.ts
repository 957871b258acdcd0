import type { AuditStreamOptions } from './stream/audit-stream.options';

/** Options of {@link AuditModule}; all have defaults. */
export interface AuditOptions {
  /** Retention of a line, months. Default: 12. Range: 6 to 12 (CNIL 2021-122). */
  retentionMonths?: number;
  /** Where the journal is streamed to. Default: nowhere. */
  stream?: AuditStreamOptions;
}

/** Token of the options for {@link AuditPolicy}. */
export const AUDIT_OPTIONS = Symbol('AuditOptions');
