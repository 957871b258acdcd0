import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, addMilliseconds } from '@portillon/kernel';
import { SessionPolicy, SessionService } from '@portillon/session';
import type { GatedRequest } from '../proxies/gated-request.types';
import type { GatedSession } from './gate-context.types';

/** As often as our own pages report activity. */
const AT_MOST_EVERY_MS = MINUTE;

/**
 * Activity at an application behind the gate extends the session's idle limit, never the absolute one. Only requests that a
 * user causes count: otherwise a page that polls would keep the session of an abandoned workstation open.
 */
@Injectable()
export class GateUseService {
  constructor(
    private readonly sessions: SessionService,
    private readonly policy: SessionPolicy,
    private readonly clock: Clock,
  ) {}

  async note(session: GatedSession, { byPerson }: GatedRequest): Promise<void> {
    if (byPerson && this.#isToBePushed(session)) await this.sessions.renew(session);
  }

  #isToBePushed({ principal, idleExpiresAt, expiresAt }: GatedSession): boolean {
    const lately = addMilliseconds(this.clock.now(), this.policy.idleMsOf(principal) - AT_MOST_EVERY_MS);
    return idleExpiresAt <= lately && idleExpiresAt < expiresAt;
  }
}
