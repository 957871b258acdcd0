import { Injectable } from '@nestjs/common';
import { AppError, Channel, Clock, reachesMail } from '@portillon/kernel';
import { EntityManager, IsNull, Not } from 'typeorm';
import { NO_PHONE } from '../account/account.columns';
import { AccountRepository } from '../account/account.repository';
import { PhoneSealService } from './phone-seal.service';

/** The mobile number of an account, its proof, and the channel of codes. */
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

  /** Whether any active account has a proved number, so that SMS are known to arrive. */
  isAnyProved(): Promise<boolean> {
    return this.rows.hasProvedPhone();
  }

  /** Sets the channel of codes. Returns false for a channel to the number while that is not proved. */
  setCodeChannel(id: string, codeChannel: Channel, tx?: EntityManager): Promise<boolean> {
    const proved = { phoneSealed: Not(IsNull()), phoneVerifiedAt: Not(IsNull()) };
    return this.rows.change(id, reachesMail(codeChannel) ? {} : proved, { codeChannel }, tx);
  }

  /**
   * Sets a number as not proved; mail is the channel until it is. `e164` comes from `PhoneNumberService.parse`.
   *
   * @throws AppError `service.busy` when this ring lacks the key of the previous number, which then stays
   */
  async set(id: string, e164: string, tx: EntityManager): Promise<boolean> {
    const before = await this.#hold(id, tx);
    const opened = before ? this.seals.open(id, before) : undefined;
    if (opened?.status === 'missing-key') throw sealedElsewhere(opened.keyId);
    return this.rows.change(id, {}, { ...NO_PHONE, phoneSealed: this.seals.seal(id, e164) }, tx);
  }

  /** Deletes the number; codes come by mail. */
  remove(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.change(id, {}, NO_PHONE, tx);
  }

  /**
   * Marks the number as proved, once. Returns false when the account's number is no longer `e164` or was proved
   * before: a code proves the number that it was sent to and no other (ASVS 6.6.2). The channel stays.
   */
  async markVerified(id: string, e164: string, tx: EntityManager): Promise<boolean> {
    const phoneSealed = await this.#hold(id, tx);
    if (!phoneSealed || this.#numberIn(id, phoneSealed) !== e164) return false;
    // Encryption never gives the same text twice: the same text means that the number is unchanged.
    const guard = { phoneSealed, phoneVerifiedAt: IsNull() };
    return this.rows.change(id, guard, { phoneVerifiedAt: this.clock.now() }, tx);
  }

  /** Returns the encrypted number, and locks the row until `tx` ends. */
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
