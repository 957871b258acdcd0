import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { CodeCheck, OtpChannel, OtpService } from '@portillon/otp';
import { Database } from '@portillon/persistence';
import { Session, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { CodeDeliveryService, PendingCode } from './code-delivery.service';
import { CodeRefusalService } from './code-refusal.service';
import { codeUse } from './code-use';
import { SignInPolicy } from './sign-in.policy';

export interface SteppedUp {
  session: Session;
  sessionToken: string;
}

type Accepted = Extract<CodeCheck, { status: 'accepted' }>;

/** A code for a session that is open already: at the 24-hour limit, or before a sensitive act. */
@Injectable()
export class StepUpService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountService,
    private readonly otp: OtpService,
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeDeliveryService,
    private readonly refusals: CodeRefusalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `session.required`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed` */
  async request(session: Session, channel: OtpChannel | undefined, client: Client): Promise<PendingCode> {
    const account = await this.#account(session);
    if (this.policy.forbids(session.means, account))
      throw new AppError('session.required', 'unauthenticated');
    const request = { purpose: 'session', binding: session.id, account, channel, client } as const;
    return this.codes.deliver(await this.database.transaction((tx) => this.codes.issue(request, tx)));
  }

  /** The right code gives the session a new token, a new 24 hours, and a fresh proof for sensitive acts. */
  async submit(session: Session, code: string, client: Client): Promise<SteppedUp> {
    const outcome = await this.otp.check({ purpose: 'session', binding: session.id, code });
    if (outcome.status !== 'accepted') return this.refusals.refuse(outcome, personOf(session), client);
    return this.database.transaction((tx) => this.#stepUp(session, outcome, client, tx));
  }

  async #stepUp(session: Session, accepted: Accepted, client: Client, tx: EntityManager): Promise<SteppedUp> {
    if (!(await this.otp.consume(accepted, tx)))
      throw new AppError('code.rejected', 'unauthenticated');
    const acceptedAt = this.clock.now();
    const changes = {
      codeAcceptedAt: acceptedAt,
      codeValidUntilAt:
        session.codeValidUntilAt && this.policy.codeValidUntil(acceptedAt, session.principal.codeLimit),
      authenticatedAt: acceptedAt,
      amr: [...new Set([...session.amr, 'otp'])],
    };
    const rotated = await this.sessions.rotate(session, changes, tx);
    if (!rotated) throw new AppError('session.required', 'unauthenticated');
    if (session.browserId)
      await this.trustedDevices.refresh(session.browserId, acceptedAt, tx);
    const event = { name: 'authn_step_up', outcome: 'SUCCESS', ...codeUse(accepted, acceptedAt) } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
    return { session: rotated.session, sessionToken: rotated.token };
  }

  async #account(session: Session): Promise<Account> {
    const account = await this.accounts.get(session.accountId);
    if (!this.policy.admits(account)) throw new AppError('session.required', 'unauthenticated');
    return account;
  }
}

/** The person of a session or of a sign-in in progress, for the journal. */
export function personOf({ accountId, principal }: Pick<Session, 'accountId' | 'principal'>) {
  return { id: accountId, structure: principal.structure };
}
