import { Injectable } from '@nestjs/common';
import { FindingOf, FindingSource, MetricsRegistry, MINUTE, SECOND } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { AuditSealService } from './audit-seal.service';

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

/** Above this waiting time sealing has stopped. */
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
