import { Injectable } from '@nestjs/common';
import { audited, holderOf, SecurityChangeService } from '@portillon/access';
import { AccountPhoneService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import {
  CodeCheckService,
  CodeDeliveryService,
  codeUse,
  DeliveredCode,
  EnrolmentProofService,
} from '@portillon/auth';
import { Client } from '@portillon/http';
import { AppError, Clock, ErrorCode } from '@portillon/kernel';
import { CodeAccepted, OtpService } from '@portillon/otp';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OwnAccountService } from '../own-account.service';

const REFUSALS: Record<'invalid' | 'not-mobile' | 'country-not-allowed', ErrorCode> = {
  invalid: 'phone.invalid',
  'not-mobile': 'phone.not-mobile',
  'country-not-allowed': 'phone.country-not-allowed',
};

export interface WantedPhone {
  phoneNumber: string;
  currentPassword?: string | undefined;
}

/** The mobile number: set, proved by the code that was sent to it, removed. Preferring SMS is another act. */
@Injectable()
export class OwnPhoneService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly phones: AccountPhoneService,
    private readonly delivery: CodeDeliveryService,
    private readonly changes: SecurityChangeService,
    private readonly proofs: EnrolmentProofService,
    private readonly codes: CodeCheckService,
    private readonly otp: OtpService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws AppError `phone.invalid`, `phone.not-mobile`, `phone.country-not-allowed`, and as
   *   {@link EnrolmentProofService.require}
   */
  async set(session: Session, { phoneNumber, currentPassword }: WantedPhone, client: Client): Promise<void> {
    const parsed = this.phones.parse(phoneNumber);
    if (parsed.status !== 'ok') throw refused(REFUSALS[parsed.status]);
    const { phone } = await this.proofs.require(session, currentPassword, client);
    // The same number again is no change: its proof and the preference stay.
    if (phone?.number === parsed.e164) return;
    const notice = phone ? 'phone-changed' : 'phone-added';
    const change = { event: 'phone_changed', notice, facts: { channel: 'SMS' } } as const;
    await this.changes.run(session, async (tx) => {
      await this.phones.set(session.accountId, parsed.e164, tx);
      await this.changes.complete(session, change, client, tx);
    });
  }

  /** @throws AppError as {@link EnrolmentProofService.require} */
  async remove(session: Session, password: string | undefined, client: Client): Promise<void> {
    await this.proofs.require(session, password, client);
    const change = { event: 'phone_removed', notice: 'phone-removed', facts: { channel: 'SMS' } } as const;
    await this.changes.run(session, async (tx) => {
      await this.phones.remove(session.accountId, tx);
      await this.changes.complete(session, change, client, tx);
    });
  }

  /** @throws AppError `phone.missing`, `phone.already-verified`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed` */
  async requestCode(session: Session, client: Client): Promise<DeliveredCode> {
    const account = await this.own.get(session);
    if (!account.phone) throw new AppError('phone.missing');
    if (account.phone.verifiedAt) throw new AppError('phone.already-verified');
    const request = { purpose: 'phone-verification', binding: session.id, account, client } as const;
    return this.delivery.send(request);
  }

  /** @throws AppError `phone.missing`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async submitCode(session: Session, code: string, client: Client): Promise<void> {
    if (!(await this.own.get(session)).phone) throw new AppError('phone.missing');
    const asked = { purpose: 'phone-verification', binding: session.id, code } as const;
    const accepted = await this.codes.verify(asked, holderOf(session), client, { channel: 'SMS' });
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
    await this.audit.record(audited(client, holderOf(session), event), tx);
  }
}

function refused(code: ErrorCode): AppError {
  return new AppError(code, { errors: [{ field: 'phoneNumber', code: 'format', message: '' }] });
}

function sentToAnother(): AppError {
  return new AppError('code.expired', { detail: 'the number changed' });
}
