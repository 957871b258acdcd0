import { Injectable } from '@nestjs/common';
import { AccountService, EmailChangeService } from '@portillon/account';
import { CodeCheckService, codeUse } from '@portillon/auth';
import { personOf, SecurityChangeService } from '@portillon/access';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { CodeAccepted, OtpService } from '@portillon/otp';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/** The new mail address: kept once the code that was sent to it is given. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly accounts: AccountService,
    private readonly emailChanges: EmailChangeService,
    private readonly codes: CodeCheckService,
    private readonly otp: OtpService,
    private readonly changes: SecurityChangeService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`, `session.required` */
  async submitCode(session: Session, code: string, client: Client): Promise<void> {
    const asked = { purpose: 'mail-change', binding: session.id, code } as const;
    const accepted = await this.codes.verify(asked, personOf(session), client, { channel: 'EMAIL' });
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
