import { FactoryProvider, Injectable, Type } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import type { OtpChannel } from '@portillon/otp';
import { OWN_FACTORS, OwnFactor } from './own-factor.types';
import { SignInPolicy } from './sign-in.policy';

/** A way of giving the second factor. */
export type FactorWay = OtpChannel | OwnFactor;

/** Whether the person gives a factor of their own first, so that no message leaves before it is asked for. */
export function sendsNothing(own: readonly OwnFactor[]): boolean {
  return own.includes('totp');
}

/** The ways of a person who was sent nothing, the preferred one first: a recovery code is the last resort. */
export function waysInOrder(own: readonly OwnFactor[], channels: readonly OtpChannel[]): FactorWay[] {
  const isLast = (factor: OwnFactor) => factor === 'recovery-code';
  return [...own.filter((factor) => !isLast(factor)), ...channels, ...own.filter(isLast)];
}

/** What a factor that lives in a lib of its own tells. */
export interface FactorPresence {
  /** Whether this person has it, and may use it now. */
  isHeldBy(accountId: string): Promise<boolean>;
}

/** The second factors beside the codes that we send, each registered by its own lib ({@link registerSecondFactor}). */
@Injectable()
export class SecondFactorRegistry {
  readonly #presences = new Map<OwnFactor, FactorPresence>();

  constructor(private readonly policy: SignInPolicy) {}

  register(factor: OwnFactor, presence: FactorPresence): void {
    this.#presences.set(factor, presence);
  }

  /** Those that this person may give at a sign-in, in place of a code that is sent. */
  async of(account: SignInAccount): Promise<OwnFactor[]> {
    const had: OwnFactor[] = [];
    for (const factor of OWN_FACTORS) if (await this.#has(account, factor)) had.push(factor);
    return had;
  }

  /** Those that confirm something in a session that is open: a recovery code only opens one. */
  async confirming(account: SignInAccount): Promise<OwnFactor[]> {
    return (await this.of(account)).filter((factor) => factor !== 'recovery-code');
  }

  async #has(account: SignInAccount, factor: OwnFactor): Promise<boolean> {
    if (!this.policy.takesOwnFactor(factor, account)) return false;
    return (await this.#presences.get(factor)?.isHeldBy(account.id)) ?? false;
  }
}

/** For the providers of a module that imports `AccessModule` and provides `presence`. */
export function registerSecondFactor(factor: OwnFactor, presence: Type<FactorPresence>): FactoryProvider {
  return {
    provide: Symbol('registered second factor'),
    inject: [SecondFactorRegistry, presence],
    useFactory: (registry: SecondFactorRegistry, one: FactorPresence) => registry.register(factor, one),
  };
}
