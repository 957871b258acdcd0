import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { confirmed, Session, SessionChanges, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited, CodeTimePolicy, personOf } from '@portillon/access';
import type { GivenFactor } from '../code/code-check.service';

export interface SteppedUp {
  session: Session;
  sessionToken: string;
}

/** Applies a right code to an open session: a new token, new 24 hours, and a fresh proof for sensitive actions. */
@Injectable()
export class StepUpCompletionService {
  constructor(
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly times: CodeTimePolicy,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * In the transaction that used the factor up. An error undoes both.
   *
   * @throws AppError `session.required` when the session ended meanwhile
   */
  async complete(
    session: Session,
    factor: GivenFactor,
    client: Client,
    tx: EntityManager,
  ): Promise<SteppedUp> {
    const acceptedAt = this.clock.now();
    const rotated = await this.sessions.rotate(session, this.#changes(session, factor, acceptedAt), tx);
    if (!rotated) throw new AppError('session.required');
    if (session.browserId) await this.trustedDevices.refresh(session.browserId, acceptedAt, tx);
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', ...factor.facts } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }

  #changes(session: Session, factor: GivenFactor, acceptedAt: Date): SessionChanges {
    const { codeValidUntilAt, principal } = session;
    const { code, acr } = factor.proof;
    return {
      codeAcceptedAt: acceptedAt,
      // Null when the session's means never needs a code.
      codeValidUntilAt: codeValidUntilAt && this.times.validUntil(acceptedAt, principal.codeLimit),
      authenticatedAt: acceptedAt,
      proof: confirmed(session, { by: code!, at: acceptedAt.toISOString(), ...(acr && { acr }) }),
    };
  }
}
