import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditSealService, JournalSubscriber, JournalLine } from '@portillon/audit';
import { WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { webhookEventOf } from './webhook-event.policy';

/** Delivers journal events to webhooks within a minute, so that no request waits for it. */
@Injectable()
export class WebhookPublisherService implements OnModuleInit, JournalSubscriber {
  constructor(
    private readonly seals: AuditSealService,
    private readonly outbox: WebhookOutboxService,
  ) {}

  onModuleInit(): void {
    this.seals.subscribe(this);
  }

  linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<void> {
    return this.outbox.publishAll(
      lines.map(webhookEventOf).filter((event) => event !== undefined),
      tx,
    );
  }
}
