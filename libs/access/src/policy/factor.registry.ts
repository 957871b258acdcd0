import { FactoryProvider, Injectable, Type } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { Channel, channelNames, proofBy } from '@portillon/kernel';
import type { SessionProof } from '@portillon/session';
import { FactorPolicy } from './factor.policy';
import type { Factor, FactorDeclaration, FactorPresence, OwnFactor } from './factor.types';

/** The factors beside the codes that we send, each registered by the library that brings it ({@link registerFactor}). */
@Injectable()
export class FactorRegistry {
  readonly #factors = new Map<Factor, FactorDeclaration & { presence: FactorPresence }>();

  constructor(private readonly policy: FactorPolicy) {}

  register(declaration: FactorDeclaration, presence: FactorPresence): void {
    this.#factors.set(declaration.id, { ...declaration, presence });
  }

  /** Those that are installed, last resorts last. */
  get names(): OwnFactor[] {
    const names = [...this.#factors.values()].map(({ id }) => id).sort();
    return [...names.filter((id) => this.confirms(id)), ...names.filter((id) => !this.confirms(id))];
  }

  /** How a session stores the factor, and its declared level. Null for a last resort. */
  proofOf(factor: Factor): Pick<SessionProof, 'code' | 'acr'> | null {
    if (isSent(factor)) return proofBy(factor);
    const { code = null, acr } = this.#factors.get(factor) ?? {};
    return code && { code, ...(acr && { acr }) };
  }

  /** Whether it can confirm an open session: a last resort only opens one. */
  confirms(factor: Factor): boolean {
    return this.proofOf(factor) !== null;
  }

  /** Whether the server waits for a request before it sends a message, because the user gives another factor first. */
  isSilent(own: readonly OwnFactor[]): boolean {
    return own.some((factor) => this.confirms(factor));
  }

  /** The user's factors, except a code that was sent, the preferred one first. */
  ordered(own: readonly OwnFactor[], channels: readonly Channel[]): Factor[] {
    const last = own.filter((factor) => !this.confirms(factor));
    return [...own.filter((factor) => this.confirms(factor)), ...channels, ...last];
  }

  /** The factors that this user may give at a sign-in, instead of a sent code. */
  async of(account: SignInAccount): Promise<OwnFactor[]> {
    return (await this.among([account])).get(account.id)!;
  }

  /** Like {@link of}, for many accounts: one statement for each factor. */
  async among(accounts: readonly SignInAccount[]): Promise<ReadonlyMap<string, OwnFactor[]>> {
    const held = new Map<string, OwnFactor[]>(accounts.map(({ id }) => [id, []]));
    for (const factor of this.names)
      for (const id of await this.#holders(accounts, factor)) held.get(id)!.push(factor);
    return held;
  }

  /** Those that confirm something in a session that is open. */
  async confirming(account: SignInAccount): Promise<OwnFactor[]> {
    return (await this.of(account)).filter((factor) => this.confirms(factor));
  }

  async #holders(accounts: readonly SignInAccount[], factor: OwnFactor): Promise<Iterable<string>> {
    const takers = accounts.filter((account) => this.policy.acceptsOwn(factor, account));
    const presence = this.#factors.get(factor)?.presence;
    return presence && takers.length > 0 ? presence.holders(takers.map(({ id }) => id)) : [];
  }
}

function isSent(factor: Factor): factor is Channel {
  return channelNames().includes(factor as Channel);
}

/** For the providers of a module that imports `AccessModule` and provides `presence`. */
export function registerFactor(
  declaration: FactorDeclaration,
  presence: Type<FactorPresence>,
): FactoryProvider {
  return {
    provide: Symbol('registered factor'),
    inject: [FactorRegistry, presence],
    useFactory: (registry: FactorRegistry, one: FactorPresence) => registry.register(declaration, one),
  };
}
