import { Injectable } from '@nestjs/common';
import { AccountPhoneService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, personOf, SecurityChangeService } from '@portillon/access';
import { CodeCheckService, codeUse } from '@portillon/auth';
import { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import { CodeAccepted, OtpService } from '@portillon/otp';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OwnAccountService } from '../own-account.service';

/** The proof of the mobile number by the code that was sent to it. Preferring SMS is another act. */
@Injectable()
export class PhoneVerificationService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly phones: AccountPhoneService,
    private readonly codes: CodeCheckService,
    private readonly otp: OtpService,
    private readonly changes: SecurityChangeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `phone.missing`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async submitCode(session: Session, code: string, client: Client): Promise<void> {
    if (!(await this.own.get(session)).phone) throw new AppError('phone.missing');
    const asked = { purpose: 'phone-verification', binding: session.id, code } as const;
    const accepted = await this.codes.verify(asked, personOf(session), client, { channel: 'SMS' });
    try {
      await this.changes.run(session, (tx) => this.#prove(session, accepted, client, tx));
    } catch (error) {
      await this.codes.refundAfter(error, accepted);
      throw error;
    }
  }

  async #prove(session: Session, accepted: CodeAccepted, client: Client, tx: EntityManager): Promise<void> {
    await this.codes.consume(accepted, tx);
    // The number as it is now: a change of it may have passed the code on its way (ASVS 6.6.2).
    const number = await this.phones.numberOf(session.accountId, tx);
    if (!number || !this.otp.isSentTo(accepted, 'SMS', number)) throw sentToAnother();
    if (!(await this.phones.markVerified(session.accountId, number, tx))) throw sentToAnother();
    const facts = codeUse(accepted, this.clock.now());
    const event = { name: 'phone_verified', outcome: 'SUCCESS', ...facts } as const;
    await this.audit.record(audited(client, personOf(session), event), tx);
  }
}

function sentToAnother(): AppError {
  return new AppError('code.expired', { detail: 'the number changed' });
}
