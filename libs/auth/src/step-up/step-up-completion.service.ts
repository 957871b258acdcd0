import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { confirmed, Session, SessionChanges, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited, CodeTimePolicy, personOf } from '@portillon/access';
import type { GivenFactor } from '../session/given-factor.types';

export interface SteppedUp {
  session: Session;
  sessionToken: string;
}

/** Applies a right code to an open session: a new token, new 24 hours, and a fresh proof for sensitive actions. */
@Injectable()
export class StepUpCompletionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly times: CodeTimePolicy,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `session.required`, and what using the factor up throws */
  complete(session: Session, given: GivenFactor, client: Client): Promise<SteppedUp> {
    return this.transactions.run((tx) => this.#complete(session, given, client, tx));
  }

  async #complete(
    session: Session,
    given: GivenFactor,
    client: Client,
    tx: EntityManager,
  ): Promise<SteppedUp> {
    const acceptedAt = this.clock.now();
    await given.consume(tx);
    const rotated = await this.sessions.rotate(session, this.#changes(session, given, acceptedAt), tx);
    if (!rotated) throw new AppError('session.required');
    if (session.browserId) await this.trustedDevices.refresh(session.browserId, acceptedAt, tx);
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', ...given.facts } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }

  #changes(session: Session, given: GivenFactor, acceptedAt: Date): SessionChanges {
    const { codeValidUntilAt, principal } = session;
    const { code, acr } = given.proof;
    return {
      codeAcceptedAt: acceptedAt,
      // Null when the session's means never needs a code.
      codeValidUntilAt: codeValidUntilAt && this.times.validUntil(acceptedAt, principal.codeLimit),
      authenticatedAt: acceptedAt,
      proof: confirmed(session, { by: code!, at: acceptedAt.toISOString(), ...(acr && { acr }) }),
    };
  }
}
