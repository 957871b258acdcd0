import { Bound, bounded, DAY } from '@portillon/kernel';
import type { CountryCode } from 'libphonenumber-js/max';

/** Options of {@link AccountModule}; all have defaults. */
export interface AccountOptions {
  phones?: Partial<PhoneOptions>;
  inactivity?: Partial<InactivityOptions>;
  retention?: Partial<RetentionOptions>;
  moveIn?: Partial<MoveInOptions>;
}

export interface PhoneOptions {
  /** Countries whose numbers are accepted (ISO 3166-1). Default: France and its overseas territories. */
  countries: readonly CountryCode[];
}

/** A value outside its range is refused at start. */
export interface InactivityOptions {
  /** Time after which an unused account is blocked, milliseconds. Default: 183 days. Minimum: 60 days. */
  blockedAfterMs: number;
}

/** A value outside its range is refused at start. */
export interface RetentionOptions {
  /** Time after which a closed account is erased, milliseconds. Default: 730 days. Minimum: 90 days. */
  closedKeptMs: number;
}

export interface MoveInOptions {
  /** When passwords that moved in from another product end. Default: 12 months after each moved in. */
  until: Date | null;
}

export const PHONE_OPTIONS = Symbol('PhoneOptions');
export const INACTIVITY_OPTIONS = Symbol('InactivityOptions');
export const RETENTION_OPTIONS = Symbol('RetentionOptions');
export const MOVE_IN_OPTIONS = Symbol('MoveInOptions');

export const FRENCH_COUNTRIES: readonly CountryCode[] = [
  'FR',
  'RE',
  'YT',
  'GP',
  'GF',
  'MQ',
  'PM',
  'BL',
  'MF',
  'NC',
  'PF',
  'WF',
];

const BOUNDS: Record<keyof InactivityOptions, Bound> = {
  blockedAfterMs: { default: 183 * DAY, min: 60 * DAY, max: 3_660 * DAY },
};

const RETENTION_BOUNDS: Record<keyof RetentionOptions, Bound> = {
  closedKeptMs: { default: 730 * DAY, min: 90 * DAY, max: 1_830 * DAY },
};

export function phoneOptions(given: Partial<PhoneOptions> = {}): PhoneOptions {
  return { countries: FRENCH_COUNTRIES, ...given };
}

/** Applies the defaults. @throws RangeError naming the option that is outside its range */
export function inactivityOptions(given: Partial<InactivityOptions> = {}): InactivityOptions {
  return bounded('AccountModule.inactivity', BOUNDS, given);
}

/** Applies the defaults. @throws RangeError naming the option that is outside its range */
export function retentionOptions(given: Partial<RetentionOptions> = {}): RetentionOptions {
  return bounded('AccountModule.retention', RETENTION_BOUNDS, given);
}

/** Applies the defaults. */
export function moveInOptions({ until = null }: Partial<MoveInOptions> = {}): MoveInOptions {
  return { until };
}
