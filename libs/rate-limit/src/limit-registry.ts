import { FactoryProvider, Injectable } from '@nestjs/common';
import { Keyring } from '@portillon/kernel';
import type { Hit, Limit } from './limit.types';

/** By what limits count, as an operator names it. */
export type LimitSubjectKind = 'account' | 'address' | 'block' | 'number-prefix';

/** An account by its id, a mail address or a number, a block of network addresses, the numbers that begin alike. */
export interface LimitSubject {
  kind: LimitSubjectKind;
  value: string;
}

/** The limits of a lib, by what each counts under `keyring.digest('limit', [value])`. */
export type LimitsByKind = Readonly<Partial<Record<LimitSubjectKind, readonly Limit[]>>>;

/** The limits that an operator may list and clear, each registered by the lib that counts by it. */
@Injectable()
export class LimitRegistry {
  readonly #limits: LimitsByKind[] = [];

  constructor(private readonly keyring: Keyring) {}

  register(limits: LimitsByKind): void {
    this.#limits.push(limits);
  }

  /** Under which windows this one is counted. */
  hitsOf({ kind, value }: LimitSubject): Hit[] {
    const key = this.keyring.digest('limit', [value]);
    return this.#limits.flatMap((limits) => limits[kind] ?? []).map((limit) => ({ limit, key }));
  }
}

/** For the providers of a module whose limits count by an account, an address or a block. */
export function registerLimits(limits: LimitsByKind): FactoryProvider {
  return {
    provide: Symbol('registered limits'),
    inject: [LimitRegistry],
    useFactory: (registry: LimitRegistry) => registry.register(limits),
  };
}
