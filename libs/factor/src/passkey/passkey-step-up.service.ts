import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { audited, personOf } from '@portillon/access';
import {
  AssertionRequest,
  AuthenticationResponseJSON,
  Passkey,
  PasskeyAssertionService,
  VerifiedAssertion,
} from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Confirmation, confirmed, Session, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { amrOf, PasskeyCheckService } from './passkey-check.service';

export interface ConfirmedSession {
  session: Session;
  sessionToken: string;
}

/**
 * A passkey before a sensitive action, instead of a code. It does not renew the code: after 24 hours the session requires a
 * code, as the procedure says.
 */
@Injectable()
export class PasskeyStepUpService {
  constructor(
    private readonly checks: PasskeyCheckService,
    private readonly assertions: PasskeyAssertionService,
    private readonly transactions: Transactions,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  begin(session: Session): ReturnType<PasskeyAssertionService['begin']> {
    return this.assertions.begin(askedIn(session));
  }

  /** The session gets a new token and a fresh proof. @throws AppError `passkey.unknown`, `passkey.rejected`, `session.required` */
  async confirm(
    session: Session,
    cookie: string | undefined,
    response: AuthenticationResponseJSON,
    client: Client,
  ): Promise<ConfirmedSession> {
    const verified = await this.checks.require(askedIn(session), cookie, response, client);
    return this.transactions.run((tx) => this.#confirm(session, verified, client, tx));
  }

  async #confirm(
    session: Session,
    verified: VerifiedAssertion,
    client: Client,
    tx: EntityManager,
  ): Promise<ConfirmedSession> {
    if (!(await this.assertions.consume(verified, tx))) throw new AppError('passkey.rejected');
    const provedAt = this.clock.now();
    const proof = confirmed(session, confirmationBy(verified.passkey, provedAt));
    const changes = { authenticatedAt: provedAt, proof };
    const rotated = await this.sessions.rotate(session, changes, tx);
    if (!rotated) throw new AppError('session.required');
    const data = { passkeyId: verified.passkey.id };
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', means: 'passkey', data } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }
}

function confirmationBy(passkey: Passkey, provedAt: Date): Confirmation {
  const { identityProof } = passkey;
  return {
    by: 'passkey',
    at: provedAt.toISOString(),
    amr: amrOf(passkey),
    ...(identityProof && { identity: identityProof }),
  };
}

function askedIn({ id: binding, accountId }: Session): AssertionRequest {
  return { purpose: 'step-up', binding, accountId };
}
