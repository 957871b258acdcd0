import { Injectable, OnModuleInit } from '@nestjs/common';
import { AuditSealService, AuditService, JournalLine, JournalSubscriber } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import { EndedSession, SessionEndSubscriber, SessionService } from '@portillon/session';
import {
  GoneWebhookSubscriber,
  WebhookDeliveryService,
  WebhookEndpoint,
  WebhookEvent,
  WebhookOutboxService,
} from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { webhookEventOf } from './webhook-event.policy';

/** Publishes to webhooks what the journal and the sessions announce, and records webhooks that their receiver ended. */
@Injectable()
export class WebhookSubscriptionsService
  implements OnModuleInit, JournalSubscriber, SessionEndSubscriber, GoneWebhookSubscriber
{
  constructor(
    private readonly seals: AuditSealService,
    private readonly sessions: SessionService,
    private readonly deliveries: WebhookDeliveryService,
    private readonly outbox: WebhookOutboxService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.seals.subscribe(this);
    this.sessions.subscribe(this);
    this.deliveries.subscribe(this);
  }

  /** Journal events reach webhooks within a minute, so that no request waits for it. */
  linesSealed(lines: readonly JournalLine[], tx: EntityManager): Promise<void> {
    return this.outbox.publishAll(
      lines.map(webhookEventOf).filter((event) => event !== undefined),
      tx,
    );
  }

  /**
   * Every end of a session, whatever its cause, in the transaction that ends it: the journal has no line of a session that
   * expires.
   */
  async sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<void> {
    const ended = await this.sessions.ended(ids, tx);
    await this.outbox.publishAll(
      ended.map((session) => this.#eventOf(session)),
      tx,
    );
  }

  /** A webhook's own receiver ended it, not an administrator. */
  async webhookGone({ id, structureId }: WebhookEndpoint, tx: EntityManager): Promise<void> {
    const data = { webhook: id };
    await this.audit.record(
      { name: 'webhook_disabled', outcome: 'SUCCESS', reason: 'gone', structureId, data },
      tx,
    );
  }

  #eventOf({ id, accountId, structureId, reason }: EndedSession): WebhookEvent {
    const data = { eventId: null, accountId, structureId, sessionId: id, cause: reason ?? 'erased' };
    return { type: 'session.ended', structureId, at: this.clock.now(), data };
  }
}
