import { Injectable } from '@nestjs/common';
import { Account, AccountService, EmailChangeService, requireValidChanges } from '@portillon/account';
import {
  audited,
  CodeDeliveryService,
  CodeRefusalService,
  codeUse,
  FactorResetService,
  PendingCode,
  personOf,
  SecurityNoticeService,
} from '@portillon/auth';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { CodeCheck, OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OwnAccountService } from './own-account.service';

type Accepted = Extract<CodeCheck, { status: 'accepted' }>;

/** The mail address: wanted, proved by a code that goes to it, and only then kept. */
@Injectable()
export class OwnEmailService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly accounts: AccountService,
    private readonly emailChanges: EmailChangeService,
    private readonly otp: OtpService,
    private readonly codes: CodeDeliveryService,
    private readonly refusals: CodeRefusalService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a code to the new address; nothing changes yet. Whether somebody else has this address is neither asked nor
   * told: who cannot read it cannot prove it.
   *
   * @throws AppError `validation.failed`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed`
   */
  async request(session: Session, email: string, client: Client): Promise<PendingCode> {
    requireValidChanges({ email });
    const account = await this.own.get(session);
    const code = { purpose: 'mail-change', binding: session.id, account, newEmail: email, client } as const;
    const pending = await this.transactions.run(async (tx) => {
      const issued = await this.codes.issue(code, tx);
      const { id: proofId, expiresAt } = issued.challenge;
      await this.emailChanges.propose({ proofId, accountId: account.id, email, expiresAt }, tx);
      return issued;
    });
    return this.codes.deliver(pending);
  }

  /** @throws AppError `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async submitCode(session: Session, code: string, client: Client): Promise<Account> {
    const former = await this.own.get(session);
    const outcome = await this.otp.check({ purpose: 'mail-change', binding: session.id, code });
    if (outcome.status !== 'accepted')
      return this.refusals.refuse(outcome, personOf(session), client, { channel: 'EMAIL' });
    await this.transactions.run((tx) => this.#keep(session, former, outcome, client, tx));
    return this.own.get(session);
  }

  async #keep(
    session: Session,
    former: Account,
    accepted: Accepted,
    client: Client,
    tx: EntityManager,
  ): Promise<void> {
    if (!(await this.otp.consume(accepted, tx)))
      throw new AppError('code.rejected', 'unauthenticated');
    // The address that this very code was sent to, not one that was asked for after it.
    const email = await this.emailChanges.take(accepted.challengeId, former.id, tx);
    if (!email) throw new AppError('code.expired', 'unauthenticated', { detail: 'no address to prove' });
    if (!(await this.accounts.setEmail(former.id, email, tx)))
      throw new AppError('session.required', 'unauthenticated');
    await this.factorReset.endOthers(session, 'email_changed', tx);
    await this.notices.notify('mail-changed', former, { client, to: former.email }, tx);
    const { channel, data } = codeUse(accepted, this.clock.now());
    const event = { name: 'email_changed', outcome: 'SUCCESS', channel, data } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
  }
}
