import type { PasswordOptions } from './password-options';
import type { PhoneOptions } from './phone-numbers';

/** What {@link AccountModule} takes; all of it has defaults. */
export interface AccountOptions {
  passwords?: Partial<PasswordOptions>;
  phones?: Partial<PhoneOptions>;
}

export const PASSWORD_OPTIONS = Symbol('PasswordOptions');
export const PHONE_OPTIONS = Symbol('PhoneOptions');
