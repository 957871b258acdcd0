import { Injectable } from '@nestjs/common';
import type { FindingOf, FindingSource } from '@portillon/kernel';
import { WebhookOutboxService } from './webhook-outbox.service';
import type { WebhookHealth } from './webhook.types';

declare module '@portillon/kernel' {
  interface FindingValues {
    webhooks: WebhookHealth;
  }
}

/** Whether webhooks get what is published. */
@Injectable()
export class WebhookFindings implements FindingSource {
  readonly subject = 'webhooks';

  constructor(private readonly outbox: WebhookOutboxService) {}

  async find(): Promise<FindingOf<'webhooks'>> {
    const values = await this.outbox.health();
    const { waiting, failing, failingEndpoints } = values;
    if (failing === 0) return { state: 'well', text: `${waiting} deliveries wait, none has failed`, values };
    const text = `${failing} deliveries to ${failingEndpoints} webhook(s) failed and are tried again`;
    const advice = 'see "portillon webhook list", and tell who keeps these addresses';
    return { state: 'warning', text, advice, values };
  }
}
