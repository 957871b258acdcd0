import { Inject, Injectable } from '@nestjs/common';
import { CountryCode, parsePhoneNumberFromString, PhoneNumber } from 'libphonenumber-js/max';
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

/** Reads mobile numbers as people type them. */
@Injectable()
export class PhoneNumberService {
  constructor(@Inject(PHONE_OPTIONS) private readonly options: PhoneOptions) {}

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
