import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { BackChannelLogoutService } from '../back-channel/back-channel-logout.service';
import { OpenidSessionClientRepository } from '../sessions/openid-session-client.repository';

/** Signing out of one application: what it holds of these sessions ends, and they stay open. */
@Injectable()
export class ApplicationSignOutService {
  constructor(
    private readonly clients: OpenidSessionClientRepository,
    private readonly artifacts: OpenidArtifactService,
    private readonly backChannel: BackChannelLogoutService,
    private readonly clock: Clock,
  ) {}

  /** Returns the sessions that had entered the application; an empty list when there was nothing to end. */
  async end(applicationId: string, sessionIds: readonly string[], tx: EntityManager): Promise<string[]> {
    const entered = await this.clients.ofSessions(sessionIds, tx);
    const entries = entered.filter((entry) => entry.applicationId === applicationId);
    for (const entry of entries) {
      await this.clients.end(entry, this.clock.now(), tx);
      if (entry.grantId) await this.artifacts.endGrant(entry.grantId, tx);
    }
    await this.backChannel.notify(entries, tx);
    return entries.map(({ sessionId }) => sessionId);
  }
}
