import { Injectable } from '@nestjs/common';
import { holderOf, SecurityChangeService } from '@portillon/access';
import { AccountService, EmailChangeService, requireValidChanges } from '@portillon/account';
import {
  CodeCheckService,
  CodeDeliveryService,
  codeUse,
  DeliveredCode,
  EnrolmentProofService,
} from '@portillon/auth';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { CodeAccepted, OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';

export interface WantedEmail {
  email: string;
  currentPassword?: string | undefined;
}

/** Changes the mail address: sends a code to the new one, which replaces the old one once the code is given. */
@Injectable()
export class OwnEmailService {
  constructor(
    private readonly transactions: Transactions,
    private readonly proofs: EnrolmentProofService,
    private readonly emailChanges: EmailChangeService,
    private readonly delivery: CodeDeliveryService,
    private readonly accounts: AccountService,
    private readonly codes: CodeCheckService,
    private readonly otp: OtpService,
    private readonly changes: SecurityChangeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Sends a code to the new address; nothing changes yet. Never reveals whether another account has this address: who
   * cannot read the mail cannot prove it. A stolen session with the account holder's mailbox moves no address.
   * @throws AppError `validation.failed`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed`, and as {@link
   * EnrolmentProofService.require}
   */
  async requestCode(
    session: Session,
    { email, currentPassword }: WantedEmail,
    client: Client,
  ): Promise<DeliveredCode> {
    requireValidChanges({ email });
    const account = await this.proofs.require(session, currentPassword, client);
    const code = { purpose: 'mail-change', binding: session.id, account, newEmail: email, client } as const;
    const propose = () =>
      this.transactions.run(async (tx) => {
        const issued = await this.delivery.issue(code, tx);
        const { id: proofId, expiresAt } = issued.challenge;
        await this.emailChanges.propose({ proofId, accountId: account.id, email, expiresAt }, tx);
        return issued;
      });
    return this.delivery.deliver(await this.delivery.countedSend(code, propose));
  }

  /** @throws AppError `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`, `session.required` */
  async submitCode(session: Session, code: string, client: Client): Promise<void> {
    const asked = { purpose: 'mail-change', binding: session.id, code } as const;
    const accepted = await this.codes.verify(asked, holderOf(session), client, { channel: 'EMAIL' });
    try {
      await this.changes.run(session, (tx) => this.#replace(session, accepted, client, tx));
    } catch (error) {
      await this.codes.refundAfter(error, accepted);
      throw error;
    }
  }

  async #replace(session: Session, accepted: CodeAccepted, client: Client, tx: EntityManager): Promise<void> {
    await this.codes.consume(accepted, tx);
    // The address that received this code, not one that was requested later.
    const email = await this.emailChanges.take(accepted.challengeId, session.accountId, tx);
    if (!email || !this.otp.isSentTo(accepted, 'EMAIL', email)) throw sentToAnother();
    const former = await this.accounts.get(session.accountId, tx);
    if (!former || !(await this.accounts.setEmail(former.id, email, tx))) throw sessionRequired();
    const change = { event: 'email_changed', notice: 'mail-changed', details: { to: former.email } } as const;
    const facts = codeUse(accepted, this.clock.now());
    await this.changes.complete(session, { ...change, facts }, client, tx);
  }
}

function sentToAnother(): AppError {
  return new AppError('code.expired', { detail: 'no address to prove' });
}

function sessionRequired(): AppError {
  return new AppError('session.required');
}
