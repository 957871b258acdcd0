import type { AuditStreamOptions } from './stream/audit-stream.options';

/** What {@link AuditModule} takes; all of it has defaults. */
export interface AuditOptions {
  /** How long a line is kept, in months. 6 to 12 (CNIL 2021-122); 12. */
  retentionMonths?: number;
  /** Where the journal is streamed to. Default: nowhere. */
  stream?: AuditStreamOptions;
}

/** What {@link AuditPolicy} takes its numbers from. */
export const AUDIT_OPTIONS = Symbol('AuditOptions');
