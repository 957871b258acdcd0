import { configurableModule, bounded, HOUR, MINUTE } from '@portillon/kernel';
import type { SignInMeans } from './policy/means.types';

export interface AccessOptions {
  /** The public origin: determines the cookies' attributes and the domain-bound line of an SMS. */
  publicUrl: string;
  /** How long an accepted code stays valid in a browser, 0 to 24 h (the procedure; NIST SP 800-63B-4, AAL2). */
  codeWindowMs?: number;
  /** `account`: a code given in one browser is valid in all browsers of the account holder, which is weaker. */
  codeWindowScope?: 'browser' | 'account';
  /** How long a proof counts as fresh for sensitive actions, at most 15 min. */
  freshMs?: number;
  /** Whether administration opens to a sign-in with card or Pro Santé Connect alone; off by default. */
  administratorsNeedStrongMeans?: boolean;
  /** Whether a printed recovery code may replace the second factor, in order to add a means. Default: no. */
  recoveryCodes?: boolean;
  /** Means other than the password that this deployment offers. */
  otherMeans?: readonly SignInMeans[];
}

export type ResolvedAccessOptions = Required<AccessOptions>;

const BOUNDS = {
  codeWindowMs: { default: 24 * HOUR, min: 0, max: 24 * HOUR },
  freshMs: { default: 5 * MINUTE, min: MINUTE, max: 15 * MINUTE },
};

const DEFAULTS = {
  codeWindowScope: 'browser',
  administratorsNeedStrongMeans: false,
  recoveryCodes: false,
  otherMeans: [],
} as const;

/** @throws RangeError naming the option that is outside its bound. */
export function resolveAccessOptions(options: AccessOptions): ResolvedAccessOptions {
  return { ...DEFAULTS, ...options, ...bounded('AccessModule', BOUNDS, options) };
}

export const ACCESS_OPTIONS = Symbol('AccessOptions');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<AccessOptions>();
