import { Injectable } from '@nestjs/common';
import { Clock, MetricsRegistry, SECOND } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { OutboxStateService } from './outbox-state.service';

/** What waits in the outbox, by lane. */
@Injectable()
export class OutboxMetrics {
  constructor(registry: MetricsRegistry, outbox: OutboxStateService, clock: Clock) {
    const waiting = gaugeOfLanes(
      registry,
      'portillon_outbox_waiting_seconds',
      'How long the oldest message that waits has waited; 0: none does.',
    );
    const messages = gaugeOfLanes(registry, 'portillon_outbox_messages', 'How many messages wait.');
    registry.readAtScrape([waiting, messages], async () => {
      for (const { lane, waiting: count, oldestAt } of await outbox.waiting()) {
        messages.set({ lane }, count);
        const waitedMs = oldestAt ? clock.now().getTime() - oldestAt.getTime() : 0;
        waiting.set({ lane }, Math.max(0, waitedMs) / SECOND);
      }
    });
  }
}

function gaugeOfLanes(registry: MetricsRegistry, name: string, help: string): Gauge {
  return new Gauge({ name, help, labelNames: ['lane'], registers: [registry] });
}
