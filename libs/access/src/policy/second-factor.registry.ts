import { FactoryProvider, Injectable, Type } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import type { OtpChannel } from '@portillon/otp';
import { OWN_FACTORS, OwnFactor } from './own-factor.types';
import { FactorPolicy } from './factor.policy';

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
  /** Which of these people, at most 1,000, have it, and may use it now. One statement, or none. */
  holders(accountIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** The second factors beside the codes that we send, each registered by its own lib ({@link registerSecondFactor}). */
@Injectable()
export class SecondFactorRegistry {
  readonly #presences = new Map<OwnFactor, FactorPresence>();

  constructor(private readonly policy: FactorPolicy) {}

  register(factor: OwnFactor, presence: FactorPresence): void {
    this.#presences.set(factor, presence);
  }

  /** Those that this person may give at a sign-in, in place of a code that is sent. */
  async of(account: SignInAccount): Promise<OwnFactor[]> {
    return (await this.among([account])).get(account.id)!;
  }

  /** As {@link of}, of each of these people: one statement for each factor, however many they are. */
  async among(accounts: readonly SignInAccount[]): Promise<ReadonlyMap<string, OwnFactor[]>> {
    const held = new Map<string, OwnFactor[]>(accounts.map(({ id }) => [id, []]));
    for (const factor of OWN_FACTORS)
      for (const id of await this.#holders(accounts, factor)) held.get(id)!.push(factor);
    return held;
  }

  /** Those that confirm something in a session that is open: a recovery code only opens one. */
  async confirming(account: SignInAccount): Promise<OwnFactor[]> {
    return (await this.of(account)).filter((factor) => factor !== 'recovery-code');
  }

  async #holders(accounts: readonly SignInAccount[], factor: OwnFactor): Promise<Iterable<string>> {
    const takers = accounts.filter((account) => this.policy.acceptsOwn(factor, account));
    const presence = this.#presences.get(factor);
    return presence && takers.length > 0 ? presence.holders(takers.map(({ id }) => id)) : [];
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
