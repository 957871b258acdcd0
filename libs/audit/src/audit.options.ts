import { Inject, Injectable, Optional } from '@nestjs/common';
import { Bound, bounded, DAY } from '@portillon/kernel';
import type { StreamEvent } from './stream/ocsf';

/** Options of {@link AuditModule}; all have defaults. */
export interface AuditOptions {
  /** Retention of a line, months. Default: 12. Range: 6 to 12 (CNIL 2021-122). */
  retentionMonths?: number;
  /** Where the journal is streamed to. Default: nowhere. */
  stream?: AuditStreamOptions;
}

/** Token of the options for {@link AuditPolicy}. */
export const AUDIT_OPTIONS = Symbol('AuditOptions');

/** CNIL 2021-122: logs are kept 6 to 12 months. */
const BOUNDS: Record<'retentionMonths', Bound> = {
  retentionMonths: { default: 12, min: 6, max: 12 },
};

/** Default retention of a line of the journal: 12 months. */
export const JOURNAL_KEPT_MS = 365 * DAY;

/** Address and protocol of the collector. */
export interface AuditStreamOptions {
  kind: 'syslog' | 'otlp';
  /** Host and, for `otlp`, path. */
  url: URL;
  /** Whether the connection is encrypted and its certificate verified. */
  tls: boolean;
  /** Authority of its certificate (PEM). Default: those of Node. */
  ca?: string;
  /** Headers of each request, for `otlp`. */
  headers: Record<string, string>;
}

/** A collector of the journal outside the machine. */
export interface Collector {
  /** Sends events in order. @throws Error when it does not accept them in time */
  send(events: readonly StreamEvent[]): Promise<void>;
  /** Resolves when all events are confirmed. @throws Error when that is unknown: send them again */
  confirm(): Promise<void>;
  /** Closes the connection immediately. */
  close(): void;
}

/** Time limit of a step, so that none outlives the lease on the stream. */
export const PATIENCE_MS = 5_000;

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
