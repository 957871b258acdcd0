import { Injectable, Optional } from '@nestjs/common';
import {
  FindingOf,
  FindingSource,
  MetricsRegistry,
  MINUTE,
  SECOND,
  Finding,
  NOT_SET,
  failureFinding,
} from '@portillon/kernel';
import { ReportsDatabase } from '@portillon/persistence';
import { Gauge } from 'prom-client';
import { AuditSealService } from './seal/audit-seal.service';
import { AuditStatisticsService } from './statistics/audit-statistics.service';
import { AuditStreamService } from './stream/audit-stream.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    journal: {
      sealedAt: Date | null;
      /** Number of the last seal; 0: none. */
      sequence: number;
      /** Waiting time of the oldest line without a seal, seconds. */
      waitingSeconds: number;
      /** Keys of waiting lines that only other instances have. */
      missingKeys: string[];
    };
  }
}

/**
 * Above this waiting time sealing has stopped, or the collector or the replica does not follow: they normally have new
 * lines within seconds.
 */
const LATE_MS = 5 * MINUTE;

/**
 * Checks that the journal is sealed, also by this instance: it needs the same keys as the others. Also exported as
 * metrics.
 */
@Injectable()
export class AuditSealFindings implements FindingSource {
  readonly subject = 'journal';

  constructor(
    private readonly seals: AuditSealService,
    registry: MetricsRegistry,
  ) {
    const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
    const sealedAt = gauge('portillon_audit_sealed_timestamp_seconds', 'When the last seal was made.');
    const waiting = gauge(
      'portillon_audit_waiting_seconds',
      'How long the oldest line without a seal has waited.',
    );
    const sequence = gauge(
      'portillon_audit_head_sequence',
      'Number of the last seal of the journal; it never goes back.',
    );
    registry.readAtScrape([sealedAt, waiting, sequence], async () => {
      const { head, waitingMs } = await this.seals.state();
      sequence.set(head?.sequence ?? 0);
      sealedAt.set((head?.sealedAt.getTime() ?? 0) / SECOND);
      waiting.set(waitingMs / SECOND);
    });
  }

  async find(): Promise<FindingOf<'journal'>> {
    const { head, waitingMs, missingKeys } = await this.seals.state();
    const waitingSeconds = Math.round(waitingMs / SECOND);
    const { sealedAt = null, sequence = 0 } = head ?? {};
    const values = { sealedAt, sequence, waitingSeconds, missingKeys };
    if (missingKeys.length > 0)
      return { state: 'failing', text: `SECRET_KEYS lacks ${missingKeys.join(', ')}`, values };
    const text = `seal ${sequence}; a line has waited for the next for ${waitingSeconds} s`;
    return { state: waitingMs > LATE_MS ? 'failing' : 'well', text, values };
  }
}

/** Checks that the journal reaches its collector. */
@Injectable()
export class AuditStreamFindings implements FindingSource {
  readonly subject = 'stream';

  /** `stream`: absent without a collector. */
  constructor(@Optional() private readonly stream?: AuditStreamService) {}

  async find(): Promise<Finding> {
    if (!this.stream) return NOT_SET;
    const waitingMs = await this.stream.waitingMs();
    if (waitingMs <= LATE_MS) return { state: 'well', text: 'the collector has the whole journal' };
    const text = `the journal has waited for its collector for ${Math.round(waitingMs / MINUTE)} minutes`;
    const advice = 'check AUDIT_STREAM, the collector, and the log of the server';
    return { state: 'failing', text, advice };
  }
}

/** Checks that reports can read the replica, and how old its data is. */
@Injectable()
export class ReplicaFindings implements FindingSource {
  readonly subject = 'replica';

  constructor(
    private readonly reports: ReportsDatabase,
    private readonly statistics: AuditStatisticsService,
  ) {}

  async find(): Promise<Finding> {
    if (!this.reports.isReplica) return NOT_SET;
    try {
      const lagMs = await this.statistics.lagMs();
      if (lagMs <= LATE_MS) return { state: 'well', text: 'answers, and is up to date' };
      const text = `its reports are ${Math.round(lagMs / MINUTE)} minutes old`;
      return { state: 'failing', text, advice: 'see SHOW REPLICA STATUS there' };
    } catch (error) {
      return failureFinding(error, 'DATABASE_REPLICA_URL');
    }
  }
}
