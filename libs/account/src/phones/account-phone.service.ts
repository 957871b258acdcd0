import { Injectable, Inject } from '@nestjs/common';
import { AppError, Channel, Clock, reachesMail } from '@portillon/kernel';
import { EntityManager, IsNull, Not } from 'typeorm';
import { CountryCode, parsePhoneNumberFromString, PhoneNumber } from 'libphonenumber-js/max';
import { NO_PHONE } from '../account/account.columns';
import { AccountRepository } from '../account/account.repository';
import { PhoneSealService } from './phone-seal.service';
import { PHONE_OPTIONS } from '../account.options';
import type { PhoneOptions } from '../account.options';

export type ParsedPhone =
  { status: 'ok'; e164: string } | { status: 'invalid' | 'not-mobile' | 'country-not-allowed' };

/** `0692…` is of Réunion but reads as an invalid number of mainland France: each plan is tried in turn. */
const NATIONAL_PLANS: readonly CountryCode[] = ['FR', 'RE', 'YT', 'GP', 'GF', 'MQ', 'PM'];

/** Spaces and hyphens of every width, which documents and address books put between digits. */
const WIDE_SPACES = /[\u00a0\u2009\u202f\u2010\u2011\u2013]/g;
/** Invisible marks of writing direction in numbers that were copied from a telephone. */
const DIRECTION_MARKS = /[\u200e\u200f\u202a-\u202c\u2066-\u2069]/g;
const TYPED = /^\+?[0-9 .\-/()]{4,40}$/;
const LONGEST = 60;
/** Mobile numbers that ARCEP reserves for fiction, which libphonenumber refuses: the people of the demo have them. */
const FICTIONAL = /^(?:\+33|0033|0)(63998\d{4})$/;

/** The mobile number of an account, its proof, and the channel of codes. */
@Injectable()
export class AccountPhoneService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly seals: PhoneSealService,
    private readonly clock: Clock,
    @Inject(PHONE_OPTIONS) private readonly options: PhoneOptions,
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
   * Sets a number as not proved; mail is the channel until it is. `e164` comes from `AccountPhoneService.parse`.
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
    return (await this.rows.lockForUpdate(id, {}, tx))
      ? (await this.rows.find({ id }, tx))?.phoneSealed
      : undefined;
  }

  #numberIn(id: string, sealed: string): string | undefined {
    const opened = this.seals.open(id, sealed);
    return opened.status === 'read' ? opened.number : undefined;
  }

  /** Converts `06 12 34 56 78`, `0692…`, `+262…`, `0033…` to E.164, if it is a mobile number that may receive codes. */
  parse(text: string): ParsedPhone {
    const typed = text
      .slice(0, LONGEST + 1)
      .replace(DIRECTION_MARKS, '')
      .replace(WIDE_SPACES, ' ')
      .trim();
    if (text.length > LONGEST || !TYPED.test(typed)) return { status: 'invalid' };
    const fictional = fictionalIn(typed);
    if (fictional && this.options.countries.includes('FR')) return { status: 'ok', e164: fictional };
    return this.#judge(readings(typed));
  }

  #judge(candidates: PhoneNumber[]): ParsedPhone {
    const number = candidates.find((one) => one.getType() === 'MOBILE') ?? candidates[0];
    if (!number) return { status: 'invalid' };
    if (!number.country || !this.options.countries.includes(number.country))
      return { status: 'country-not-allowed' };
    return number.getType() === 'MOBILE' ? { status: 'ok', e164: number.number } : { status: 'not-mobile' };
  }
}

function sealedElsewhere(keyId: string): AppError {
  const detail = `the mobile number is sealed by key "${keyId}", which is not in this ring`;
  return new AppError('service.busy', { detail });
}

function fictionalIn(typed: string): string | undefined {
  const found = FICTIONAL.exec(typed.replace(/[^+\d]/g, ''));
  return found ? `+33${found[1]}` : undefined;
}

function readings(typed: string): PhoneNumber[] {
  const international = typed.startsWith('+') || typed.startsWith('00');
  const plans = international ? NATIONAL_PLANS.slice(0, 1) : NATIONAL_PLANS;
  return plans
    .map((country) => parsePhoneNumberFromString(typed, { defaultCountry: country, extract: false }))
    .filter((number): number is PhoneNumber => number?.isValid() === true);
}
