import { Injectable, OnModuleInit } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { Clock } from '@portillon/kernel';
import { SessionEndSubscriber, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { OpenidSessionClientEntity } from '../sessions/openid-session-client.entity';
import { OpenidSessionClientRepository } from '../sessions/openid-session-client.repository';
import { OpenidLogoutDeliveryRepository } from './openid-logout-delivery.repository';

/**
 * Records the applications to notify, in the transaction that ends a session (OpenID Connect Back-Channel Logout). No end
 * is lost, whatever its cause and even when this process stops.
 */
@Injectable()
export class BackChannelLogoutService implements SessionEndSubscriber, OnModuleInit {
  constructor(
    private readonly sessions: SessionService,
    private readonly clients: OpenidSessionClientRepository,
    private readonly applications: ApplicationService,
    private readonly deliveries: OpenidLogoutDeliveryRepository,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sessions.subscribe(this);
  }

  async sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<void> {
    await this.notify(await this.clients.ofSessions(ids, tx), tx);
  }

  /** Writes a delivery for each entry whose application has an address. */
  async notify(entries: readonly OpenidSessionClientEntity[], tx: EntityManager): Promise<void> {
    const now = this.clock.now();
    for (const { sessionId, applicationId, accountId, sid } of entries) {
      const application = await this.applications.get(applicationId, tx);
      if (!application?.backchannelLogoutUri) continue;
      const fresh = { createdAt: now, attempts: 0, dueAt: now, deliveredAt: null, failure: null };
      await this.deliveries.put({ sessionId, applicationId, accountId, sid, ...fresh }, tx);
    }
  }
}
