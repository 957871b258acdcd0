import { Injectable } from '@nestjs/common';
import { AccountService, EmailChangeService } from '@portillon/account';
import { CodeRefusalService, codeUse, personOf } from '@portillon/auth';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import { SecurityChangeService } from './security-change.service';

/** The new mail address: kept once the code that was sent to it is given. */
@Injectable()
export class EmailVerificationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly emailChanges: EmailChangeService,
    private readonly otp: OtpService,
    private readonly refusals: CodeRefusalService,
    private readonly changes: SecurityChangeService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`, `session.required` */
  async submitCode(session: Session, code: string, client: Client): Promise<void> {
    const checked = await this.otp.check({ purpose: 'mail-change', binding: session.id, code });
    if (checked.status !== 'accepted')
      return this.refusals.refuse(checked, personOf(session), client, { channel: 'EMAIL' });
    await this.transactions.run(async (tx) => {
      if (!(await this.otp.consume(checked, tx))) throw new AppError('code.rejected');
      // The address that this very code was sent to, not one that was asked for after it.
      const email = await this.emailChanges.take(checked.challengeId, session.accountId, tx);
      if (!email || !this.otp.isSentTo(checked, 'EMAIL', email)) throw sentToAnother();
      const former = await this.accounts.get(session.accountId, tx);
      if (!former || !(await this.accounts.setEmail(former.id, email, tx))) throw sessionRequired();
      const change = {
        event: 'email_changed',
        notice: 'mail-changed',
        details: { to: former.email },
      } as const;
      const facts = codeUse(checked, this.clock.now());
      await this.changes.complete(session, { ...change, facts }, client, tx);
    });
  }
}

function sentToAnother(): AppError {
  return new AppError('code.expired', { detail: 'no address to prove' });
}

function sessionRequired(): AppError {
  return new AppError('session.required');
}
