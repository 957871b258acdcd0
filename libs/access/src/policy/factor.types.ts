import type { Channel } from '@portillon/kernel';
import type { SessionFactor } from '@portillon/session';

/**
 * Factors for which we send no message. Each library adds its names, as `interface OwnFactorNames { badge: 'badge' }`, and
 * registers its factors (`registerFactor`).
 */
export interface OwnFactorNames {
  /** Those that the rules of a structure and of the deployment name. */
  access: 'totp' | 'recovery-code';
}

declare module '@portillon/session' {
  interface SessionFactorNames {
    access: 'otp';
  }
}

export type OwnFactor = OwnFactorNames[keyof OwnFactorNames];

/** The possible second factors. */
export type Factor = Channel | OwnFactor;

/** The declaration of a factor by its library. */
export interface FactorDeclaration {
  id: OwnFactor;
  /**
   * How a session, and `amr`, name the proof. Null: a last resort, which only opens a session and confirms nothing in it.
   * It is offered after all others.
   */
  code: SessionFactor | null;
  /** The level that it proves beside a password, where `ACR_OF_MEANS` has no other. */
  acr?: string;
}

/** The holders of a factor. */
export interface FactorPresence {
  /**
   * Returns the ids of those, among at most 1,000 accounts, that have the factor and may use it now. Runs one statement at
   * most.
   */
  holders(accountIds: readonly string[]): Promise<Iterable<string>>;
}
