import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@portillon/kernel';
import { Counter, Gauge } from 'prom-client';
import { AuditStreamStateService } from './audit-stream-state.service';

/** Progress of the stream. */
@Injectable()
export class AuditStreamMetrics {
  /** Lines that the collector accepted, and lines that it did not, which are sent again. */
  readonly lines: Counter<'outcome'>;

  constructor(registry: MetricsRegistry, state: AuditStreamStateService) {
    this.lines = new Counter({
      name: 'portillon_audit_stream_lines_total',
      help: 'Lines of the journal given to the collector by this process, by what came of them: taken or failed.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    for (const outcome of ['taken', 'failed']) this.lines.inc({ outcome }, 0);
    const waiting = new Gauge({
      name: 'portillon_audit_stream_waiting_seconds',
      help: 'How long the oldest sealed line that the collector has not got has waited.',
      registers: [registry],
    });
    registry.readAtScrape([waiting], async () => waiting.set((await state.waitingMs()) / 1_000));
  }
}
