import { Injectable } from '@nestjs/common';
import { AccountPhoneService } from '@portillon/account';
import { CodeDeliveryService, DeliveredCode, EnrolmentProofService } from '@portillon/auth';
import { SecurityChangeService } from '@portillon/access';
import { Client } from '@portillon/http';
import { AppError, ErrorCode } from '@portillon/kernel';
import { Session } from '@portillon/session';
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

/** The mobile number: sets it, requests a code, removes it. {@link PhoneVerificationService} verifies the code. */
@Injectable()
export class PhoneSetUpService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly phones: AccountPhoneService,
    private readonly codes: CodeDeliveryService,
    private readonly changes: SecurityChangeService,
    private readonly proofs: EnrolmentProofService,
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
    return this.codes.send(request);
  }
}

function refused(code: ErrorCode): AppError {
  return new AppError(code, { errors: [{ field: 'phoneNumber', code: 'format', message: '' }] });
}
