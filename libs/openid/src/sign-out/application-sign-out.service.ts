import { Injectable, OnModuleInit } from '@nestjs/common';
import { ApplicationService } from '@portillon/application';
import { Clock } from '@portillon/kernel';
import { SessionEndSubscriber, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { OpenidLogoutDeliveryRepository } from '../back-channel/openid-logout-delivery.repository';
import { OpenidSessionClientRepository } from '../sessions/openid-session-client.repository';
import type { OpenidSessionClientEntity } from '../sessions/openid-session-client.repository';

/**
 * The end of a session at the applications that it entered: of one application, where the session stays open, or of the whole
 * session. Records the applications to notify in the transaction that ends it (OpenID Connect Back-Channel Logout): no end is
 * lost, whatever its cause and even when this process stops.
 */
@Injectable()
export class ApplicationSignOutService implements SessionEndSubscriber, OnModuleInit {
  constructor(
    private readonly clients: OpenidSessionClientRepository,
    private readonly artifacts: OpenidArtifactService,
    private readonly clock: Clock,
    private readonly sessions: SessionService,
    private readonly applications: ApplicationService,
    private readonly deliveries: OpenidLogoutDeliveryRepository,
  ) {}

  /** Ends what the application holds of these sessions. Returns those that had entered it; an empty list when there was nothing to end. */
  async end(applicationId: string, sessionIds: readonly string[], tx: EntityManager): Promise<string[]> {
    const entered = await this.clients.ofSessions(sessionIds, tx);
    const entries = entered.filter((entry) => entry.applicationId === applicationId);
    for (const entry of entries) {
      await this.clients.end(entry, this.clock.now(), tx);
      if (entry.grantId) await this.artifacts.endGrant(entry.grantId, tx);
    }
    await this.#notify(entries, tx);
    return entries.map(({ sessionId }) => sessionId);
  }

  onModuleInit(): void {
    this.sessions.subscribe(this);
  }

  async sessionsEnded(ids: readonly string[], tx: EntityManager): Promise<void> {
    await this.#notify(await this.clients.ofSessions(ids, tx), tx);
  }

  /** Writes a delivery for each entry whose application has an address. */
  async #notify(entries: readonly OpenidSessionClientEntity[], tx: EntityManager): Promise<void> {
    const now = this.clock.now();
    for (const { sessionId, applicationId, accountId, sid } of entries) {
      const application = await this.applications.get(applicationId, tx);
      if (!application?.backchannelLogoutUri) continue;
      const fresh = { createdAt: now, attempts: 0, dueAt: now, deliveredAt: null, failure: null };
      await this.deliveries.put({ sessionId, applicationId, accountId, sid, ...fresh }, tx);
    }
  }
}
