import { Injectable } from '@nestjs/common';
import { Account, AccountService, PhoneNumberService } from '@portillon/account';
import {
  audited,
  AuditedAct,
  CodeDeliveryService,
  CodeRefusalService,
  codeUse,
  FactorResetService,
  PendingCode,
  personOf,
  SecurityNoticeService,
} from '@portillon/auth';
import { AuditService, EventName } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, ErrorCode } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { OwnAccountService } from './own-account.service';

const REFUSALS: Record<string, ErrorCode> = {
  invalid: 'phone.invalid',
  'not-mobile': 'phone.not-mobile',
  'country-not-allowed': 'phone.country-not-allowed',
};

/** The mobile number: set, proved by a code, removed. Preferring SMS is another act. */
@Injectable()
export class PhoneSetUpService {
  constructor(
    private readonly transactions: Transactions,
    private readonly own: OwnAccountService,
    private readonly accounts: AccountService,
    private readonly numbers: PhoneNumberService,
    private readonly otp: OtpService,
    private readonly codes: CodeDeliveryService,
    private readonly refusals: CodeRefusalService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `phone.invalid`, `phone.not-mobile`, `phone.country-not-allowed` */
  async set(session: Session, phoneNumber: string, client: Client): Promise<Account> {
    const parsed = this.numbers.parse(phoneNumber);
    if (parsed.status !== 'ok') throw phoneRefused(REFUSALS[parsed.status]!);
    const current = await this.own.get(session);
    // The same number again is no change: its proof and the preference stay.
    if (current.phone?.number === parsed.e164) return current;
    await this.#change(session, client, 'phone_changed', (tx) =>
      this.accounts.setPhone(session.accountId, parsed.e164, tx),
    );
    return this.own.get(session);
  }

  async remove(session: Session, client: Client): Promise<Account> {
    await this.#change(session, client, 'phone_removed', (tx) =>
      this.accounts.removePhone(session.accountId, tx),
    );
    return this.own.get(session);
  }

  /** @throws AppError `phone.missing`, `phone.already-verified`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed` */
  async requestCode(session: Session, client: Client): Promise<PendingCode> {
    const account = await this.own.get(session);
    if (!account.phone) throw new AppError('phone.missing', 'conflict');
    if (account.phone.verifiedAt) throw new AppError('phone.already-verified', 'conflict');
    const request = { purpose: 'phone-verification', binding: session.id, account, client } as const;
    return this.codes.deliver(await this.transactions.run((tx) => this.codes.issue(request, tx)));
  }

  /** @throws AppError `phone.missing`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async submitCode(session: Session, code: string, client: Client): Promise<Account> {
    const account = await this.own.get(session);
    if (!account.phone) throw new AppError('phone.missing', 'conflict');
    const { number } = account.phone;
    const outcome = await this.otp.check({ purpose: 'phone-verification', binding: session.id, code });
    if (outcome.status !== 'accepted')
      return this.refusals.refuse(outcome, personOf(session), client, { channel: 'SMS' });
    await this.transactions.run(async (tx) => {
      if (!(await this.otp.consume(outcome, tx)))
        throw new AppError('code.rejected', 'unauthenticated');
      // The number the code was sent to, not one that replaced it in the meantime.
      const verified = await this.accounts.markPhoneVerified(session.accountId, number, tx);
      if (!verified) throw new AppError('code.expired', 'unauthenticated', { detail: 'the number changed' });
      const { data } = codeUse(outcome, this.clock.now());
      await this.#record(session, client, { name: 'phone_verified', outcome: 'SUCCESS', data }, tx);
    });
    return this.own.get(session);
  }

  #change(
    session: Session,
    client: Client,
    name: EventName,
    act: (tx: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.transactions.run(async (tx) => {
      await act(tx);
      await this.factorReset.endOthers(session, name, tx);
      await this.notices.notify('phone-changed', { id: session.accountId }, { client }, tx);
      await this.#record(session, client, { name, outcome: 'SUCCESS' }, tx);
    });
  }

  #record(session: Session, client: Client, event: AuditedAct, tx?: EntityManager): Promise<void> {
    return this.audit.record(audited(client, personOf(session), { ...event, channel: 'SMS' }), tx);
  }
}

function phoneRefused(code: ErrorCode): AppError {
  return new AppError(code, 'invalid', { errors: [{ field: 'phoneNumber', code: 'format', message: '' }] });
}
