import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { Session, SessionChanges, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { CodeCheckService } from './code-check.service';
import { codeUse, proofOf } from './code-use';
import { personOf } from './person';
import { SignInPolicy } from './sign-in.policy';

export interface SteppedUp {
  session: Session;
  sessionToken: string;
}

/** The code of a session that is open: at the 24-hour limit, or before a sensitive act. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly codes: CodeCheckService,
    private readonly transactions: Transactions,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly policy: SignInPolicy,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** The right code gives the session a new token, a new 24 hours, and a fresh proof for sensitive acts. */
  async submit(session: Session, code: string, client: Client): Promise<SteppedUp> {
    const asked = { purpose: 'session', binding: session.id, code } as const;
    const accepted = await this.codes.check(asked, personOf(session), client);
    const steppedUp = await this.transactions.run((tx) => this.#stepUp(session, accepted, client, tx));
    await this.codes.giveBack(accepted);
    return steppedUp;
  }

  async #stepUp(
    session: Session,
    accepted: CodeAccepted,
    client: Client,
    tx: EntityManager,
  ): Promise<SteppedUp> {
    const acceptedAt = this.clock.now();
    await this.codes.consume(accepted, tx);
    const rotated = await this.sessions.rotate(session, this.#changes(session, accepted, acceptedAt), tx);
    if (!rotated) throw new AppError('session.required');
    if (session.browserId) await this.trustedDevices.refresh(session.browserId, acceptedAt, tx);
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', ...codeUse(accepted, acceptedAt) } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }

  #changes(
    { codeValidUntilAt, principal, amr, proof }: Session,
    accepted: CodeAccepted,
    acceptedAt: Date,
  ): SessionChanges {
    return {
      codeAcceptedAt: acceptedAt,
      // Null when the session's means never needs a code.
      codeValidUntilAt: codeValidUntilAt && this.policy.codeValidUntil(acceptedAt, principal.codeLimit),
      authenticatedAt: acceptedAt,
      amr: [...new Set([...amr, 'otp'])],
      proof: { ...proof, ...proofOf(accepted), renewedBy: 'code' },
    };
  }
}
