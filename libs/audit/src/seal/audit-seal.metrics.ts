import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { AuditSealService } from './audit-seal.service';

/** How far the journal is sealed. */
@Injectable()
export class AuditSealMetrics {
  constructor(registry: MetricsRegistry, seals: AuditSealService) {
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
      const { head, waitingMs } = await seals.state();
      sequence.set(head?.sequence ?? 0);
      sealedAt.set((head?.sealedAt.getTime() ?? 0) / 1_000);
      waiting.set(waitingMs / 1_000);
    });
  }
}
