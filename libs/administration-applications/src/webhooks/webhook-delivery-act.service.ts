import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { WebhookDelivery, WebhookOutboxService, WebhookTestService } from '@portillon/webhook';
import { OwnedActJournalService } from '../owned-act-journal.service';
import type { Administrator } from '@portillon/user-management';
import { AdministeredWebhookService } from './administered-webhook.service';

/** A delivery is sent again, and a webhook is tried out. */
@Injectable()
export class WebhookDeliveryActService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredWebhookService,
    private readonly outbox: WebhookOutboxService,
    private readonly tests: WebhookTestService,
    private readonly journal: OwnedActJournalService,
  ) {}

  /** @throws AppError `not-found`, `webhook.disabled`, `webhook.delivery-waits` */
  async replay(
    administrator: Administrator,
    id: string,
    deliveryId: string,
    reason?: string,
  ): Promise<WebhookDelivery> {
    const endpoint = await this.administered.get(administrator, id);
    await this.administered.delivery(administrator, id, deliveryId);
    return this.transactions.run(async (tx) => {
      const delivery = await this.outbox.replay(deliveryId, tx);
      if (!delivery) throw new AppError('not-found');
      const act = { name: 'webhook_replayed', reason, data: { delivery: deliveryId } } as const;
      await this.journal.recordOnWebhook(administrator, endpoint, act, tx);
      return delivery;
    });
  }

  /** One event, once; what came of it. @throws AppError `not-found`, `webhook.disabled` */
  async test(administrator: Administrator, id: string, reason?: string): Promise<WebhookDelivery> {
    const endpoint = await this.administered.get(administrator, id);
    const delivery = await this.tests.send(id);
    if (!delivery) throw new AppError('not-found');
    const act = { name: 'webhook_tested', reason, data: { delivery: delivery.id } } as const;
    await this.journal.recordOnWebhook(administrator, endpoint, act);
    return delivery;
  }
}
