import { Injectable } from '@nestjs/common';
import { FindingOf, FindingSource, MetricsRegistry } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { WebhookOutboxService } from './webhook-outbox.service';
import type { WebhookHealth } from './webhook.types';

declare module '@portillon/kernel' {
  interface FindingValues {
    webhooks: WebhookHealth;
  }
}

/** Checks that webhooks are delivered; also exported as metrics. */
@Injectable()
export class WebhookFindings implements FindingSource {
  readonly subject = 'webhooks';

  constructor(
    private readonly outbox: WebhookOutboxService,
    registry: MetricsRegistry,
  ) {
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
      const health = await this.outbox.health();
      deliveries.set({ state: 'waiting' }, health.waiting);
      deliveries.set({ state: 'failing' }, health.failing);
      failing.set(health.failingEndpoints);
    });
  }

  async find(): Promise<FindingOf<'webhooks'>> {
    const values = await this.outbox.health();
    const { waiting, failing, failingEndpoints } = values;
    if (failing === 0) return { state: 'well', text: `${waiting} deliveries wait, none has failed`, values };
    const text = `${failing} deliveries to ${failingEndpoints} webhook(s) failed and are tried again`;
    const advice = 'see "portillon webhook list", and contact the operators of these addresses';
    return { state: 'warning', text, advice, values };
  }
}
