import { Injectable, OnModuleInit } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { EndedSession, SessionEndSubscriber, SessionService } from '@portillon/session';
import { WebhookEvent, WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';

/** Tells the webhooks of the end of every session, whatever its cause, in the transaction that ends it. */
@Injectable()
export class SessionEndPublisherService implements OnModuleInit, SessionEndSubscriber {
  constructor(
    private readonly sessions: SessionService,
    private readonly outbox: WebhookOutboxService,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sessions.addEndSubscriber(this);
  }

  async sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<void> {
    const ended = await this.sessions.ended(ids, tx);
    for (const structureId of new Set(ended.map((session) => session.structureId))) {
      const events = ended.filter((session) => session.structureId === structureId);
      await this.outbox.publishAll(
        structureId,
        events.map((session) => this.#eventOf(session)),
        tx,
      );
    }
  }

  #eventOf({ id, accountId, structureId, reason }: EndedSession): WebhookEvent {
    // The journal has no line of a session that expired.
    const data = { eventId: null, accountId, structureId, sessionId: id, cause: reason ?? 'erased' };
    return { type: 'session.ended', structureId, at: this.clock.now(), data };
  }
}
