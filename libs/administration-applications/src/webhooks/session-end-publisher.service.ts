import { Injectable, OnModuleInit } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { EndedSession, SessionEndSubscriber, SessionService } from '@portillon/session';
import { WebhookEvent, WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';

/**
 * Notifies webhooks of the end of every session, whatever its cause, in the transaction that ends it. All other webhook
 * events come from the journal, which has no line of a session that expires.
 */
@Injectable()
export class SessionEndPublisherService implements OnModuleInit, SessionEndSubscriber {
  constructor(
    private readonly sessions: SessionService,
    private readonly outbox: WebhookOutboxService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sessions.subscribe(this);
  }

  async sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<void> {
    const ended = await this.sessions.ended(ids, tx);
    await this.outbox.publishAll(
      ended.map((session) => this.#eventOf(session)),
      tx,
    );
  }

  #eventOf({ id, accountId, structureId, reason }: EndedSession): WebhookEvent {
    const data = { eventId: null, accountId, structureId, sessionId: id, cause: reason ?? 'erased' };
    return { type: 'session.ended', structureId, at: this.clock.now(), data };
  }
}
