import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { WebhookOutboxService } from './webhook-outbox.service';

/** Whether what is sent to webhooks arrives. */
@Injectable()
export class WebhookMetrics {
  constructor(registry: MetricsRegistry, outbox: WebhookOutboxService) {
    const failing = new Gauge({
      name: 'portillon_webhook_failing_endpoints',
      help: 'Webhooks that some delivery has failed to reach and is tried again.',
      registers: [registry],
    });
    const deliveries = new Gauge({
      name: 'portillon_webhook_deliveries',
      help: 'Deliveries that are to be sent: waiting for the first try, or failing and tried again.',
      labelNames: ['state'],
      registers: [registry],
    });
    registry.readAtScrape([deliveries, failing], async () => {
      const health = await outbox.health();
      deliveries.set({ state: 'waiting' }, health.waiting);
      deliveries.set({ state: 'failing' }, health.failing);
      failing.set(health.failingEndpoints);
    });
  }
}
