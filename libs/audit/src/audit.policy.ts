import { Inject, Injectable, Optional } from '@nestjs/common';
import { Bound, bounded, DAY } from '@portillon/kernel';
import { AUDIT_OPTIONS, type AuditOptions } from './audit.options';

/** CNIL 2021-122: logs are kept 6 to 12 months. */
const BOUNDS: Record<'retentionMonths', Bound> = {
  retentionMonths: { default: 12, min: 6, max: 12 },
};
/** Default retention of a line of the journal: 12 months. */
export const JOURNAL_KEPT_MS = 365 * DAY;

/** The effective options. */
@Injectable()
export class AuditPolicy {
  /** Retention of a line of the journal, milliseconds. */
  readonly keptMs: number;

  /** Applies the defaults. @throws RangeError naming the option that is outside its range */
  constructor(@Optional() @Inject(AUDIT_OPTIONS) { retentionMonths }: AuditOptions = {}) {
    const numbers = bounded('AuditModule', BOUNDS, { retentionMonths });
    // In whole days, rounded up: 6 months are 183.
    const days = (JOURNAL_KEPT_MS / DAY) * (numbers.retentionMonths / BOUNDS.retentionMonths.max);
    this.keptMs = Math.ceil(days) * DAY;
  }
}
