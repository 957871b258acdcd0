import { Injectable } from '@nestjs/common';
import { AppError, Channel, Clock } from '@portillon/kernel';
import { EntityManager, IsNull, Not } from 'typeorm';
import { NO_PHONE } from '../account/account.columns';
import { AccountRepository } from '../account/account.repository';
import { PhoneSealService } from './phone-seal.service';

/** The mobile number of an account, its proof, and whether codes come there. */
@Injectable()
export class AccountPhoneService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly seals: PhoneSealService,
    private readonly clock: Clock,
  ) {}

  /** The number as `tx` sees it, proved or not. Nothing when there is none, or no key of this ring decrypts it. */
  async numberOf(id: string, tx: EntityManager): Promise<string | undefined> {
    const sealed = (await this.rows.find({ id }, tx))?.phoneSealed;
    return sealed ? this.#numberIn(id, sealed) : undefined;
  }

  /** Whether a code by SMS ever arrived: the number of an active account is proved. */
  isAnyProved(): Promise<boolean> {
    return this.rows.hasProvedPhone();
  }

  /** Chooses how codes come. False when it is not mail and the number is not proved at that very moment. */
  setCodeChannel(id: string, codeChannel: Channel, tx?: EntityManager): Promise<boolean> {
    const proved = { phoneSealed: Not(IsNull()), phoneVerifiedAt: Not(IsNull()) };
    return this.rows.change(id, codeChannel === 'EMAIL' ? {} : proved, { codeChannel }, tx);
  }

  /**
   * Keeps a number as not proved, and mail as the channel until it is. `e164` comes from `PhoneNumberService.parse`.
   *
   * @throws AppError `service.busy` when the one before is sealed by a key that this ring lacks: it is left alone
   */
  async set(id: string, e164: string, tx: EntityManager): Promise<boolean> {
    const before = await this.#hold(id, tx);
    const opened = before ? this.seals.open(id, before) : undefined;
    if (opened?.status === 'missing-key') throw sealedElsewhere(opened.keyId);
    return this.rows.change(id, {}, { ...NO_PHONE, phoneSealed: this.seals.seal(id, e164) }, tx);
  }

  /** Forgets the number; codes come by mail. */
  remove(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, {}, NO_PHONE, tx);
  }

  /**
   * Marks the number as proved, once. False when the account's number is no longer `e164` or was proved already:
   * a code proves the number that it was sent to and no other (ASVS 6.6.2). The channel does not move.
   */
  async markVerified(id: string, e164: string, tx: EntityManager): Promise<boolean> {
    const phoneSealed = await this.#hold(id, tx);
    if (!phoneSealed || this.#numberIn(id, phoneSealed) !== e164) return false;
    // Sealing never gives the same text twice: the same text means that the number was not touched since.
    const guard = { phoneSealed, phoneVerifiedAt: IsNull() };
    return this.rows.change(id, guard, { phoneVerifiedAt: this.clock.now() }, tx);
  }

  /** The sealed number, the row locked until `tx` ends. */
  async #hold(id: string, tx: EntityManager): Promise<string | null | undefined> {
    return (await this.rows.hold(id, {}, tx)) ? (await this.rows.find({ id }, tx))?.phoneSealed : undefined;
  }

  #numberIn(id: string, sealed: string): string | undefined {
    const opened = this.seals.open(id, sealed);
    return opened.status === 'read' ? opened.number : undefined;
  }
}

function sealedElsewhere(keyId: string): AppError {
  const detail = `the mobile number is sealed by key "${keyId}", which is not in this ring`;
  return new AppError('service.busy', { detail });
}
