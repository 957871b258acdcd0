import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, CodeRefusalService, codeUse, personOf } from '@portillon/auth';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import { OwnAccountService } from './own-account.service';

/** The proof of the mobile number by the code that was sent to it. Preferring SMS is another act. */
@Injectable()
export class PhoneVerificationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly accounts: AccountService,
    private readonly otp: OtpService,
    private readonly refusals: CodeRefusalService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `phone.missing`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async submitCode(session: Session, code: string, client: Client): Promise<void> {
    if (!(await this.own.get(session)).phone) throw new AppError('phone.missing');
    const checked = await this.otp.check({ purpose: 'phone-verification', binding: session.id, code });
    if (checked.status !== 'accepted')
      return this.refusals.refuse(checked, personOf(session), client, { channel: 'SMS' });
    await this.transactions.run(async (tx) => {
      if (!(await this.otp.consume(checked, tx))) throw new AppError('code.rejected');
      // The number as it is now: a change of it may have passed the code on its way (ASVS 6.6.2).
      const number = (await this.accounts.get(session.accountId, tx))?.phone?.number;
      if (!number || !this.otp.isSentTo(checked, 'SMS', number)) throw sentToAnother();
      if (!(await this.accounts.markPhoneVerified(session.accountId, number, tx))) throw sentToAnother();
      const event = {
        name: 'phone_verified',
        outcome: 'SUCCESS',
        ...codeUse(checked, this.clock.now()),
      } as const;
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }
}

function sentToAnother(): AppError {
  return new AppError('code.expired', { detail: 'the number changed' });
}
