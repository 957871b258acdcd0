import type { PasswordOptions } from './credential.options';
import type { PhoneOptions } from './phone-number.service';
import type { RecoveryOptions } from './recovery.options';

/** What {@link AccountModule} takes; all of it has defaults. */
export interface AccountOptions {
  passwords?: Partial<PasswordOptions>;
  phones?: Partial<PhoneOptions>;
  recovery?: Partial<RecoveryOptions>;
}

export const PASSWORD_OPTIONS = Symbol('PasswordOptions');
export const PHONE_OPTIONS = Symbol('PhoneOptions');
export const RECOVERY_OPTIONS = Symbol('RecoveryOptions');
