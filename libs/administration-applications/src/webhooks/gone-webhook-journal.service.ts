import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { GoneWebhookSubscriber, WebhookDeliveryService, WebhookEndpoint } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';

/** Records in the journal that a webhook's own receiver ended it, not an administrator. */
@Injectable()
export class GoneWebhookJournalService implements OnModuleInit, GoneWebhookSubscriber {
  constructor(
    private readonly deliveries: WebhookDeliveryService,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.deliveries.subscribe(this);
  }

  async webhookGone({ id, structureId }: WebhookEndpoint, tx: EntityManager): Promise<void> {
    const data = { webhook: id };
    await this.audit.record(
      { name: 'webhook_disabled', outcome: 'SUCCESS', reason: 'gone', structureId, data },
      tx,
    );
  }
}
