import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditEntry, AuditService, JournalSubscriber } from '@portillon/audit';
import { WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { TOLD_EVENTS, webhookEventOf } from './webhook-event.policy';

/** Tells the webhooks what the journal says, in the transaction that says it. */
@Injectable()
export class WebhookPublisherService implements OnModuleInit, JournalSubscriber {
  readonly names = TOLD_EVENTS;

  constructor(
    private readonly audit: AuditService,
    private readonly outbox: WebhookOutboxService,
  ) {}

  onModuleInit(): void {
    this.audit.addSubscriber(this);
  }

  async receive(line: AuditEntry, tx: EntityManager): Promise<void> {
    const event = webhookEventOf(line);
    if (event) await this.outbox.publish(event, tx);
  }
}
