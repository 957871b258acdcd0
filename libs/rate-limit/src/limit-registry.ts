import { FactoryProvider, Injectable, Type } from '@nestjs/common';
import { Keyring, MetricsRegistry } from '@portillon/kernel';
import { Counter } from 'prom-client';
import type { Hit, Limit, LimitCounts, LimitSubject, LimitSubjectKind } from './limit.types';

/** The limits of a library, by the kind of subject that each counts under `keyring.digest('limit', [value])`. */
export type LimitsByKind = Readonly<Partial<Record<LimitSubjectKind, readonly Limit[]>>>;

/** The limits that an operator may list and clear, registered by the libraries that use them. */
@Injectable()
export class LimitRegistry {
  readonly #limits: LimitsByKind[] = [];
  readonly #counts: LimitCounts[] = [];

  constructor(private readonly keyring: Keyring) {}

  /** Registers limits that count in windows. */
  register(limits: LimitsByKind): void {
    this.#limits.push(limits);
  }

  /** Registers counts that a library keeps in its own tables. */
  registerCounts(counts: LimitCounts): void {
    this.#counts.push(counts);
  }

  get counts(): readonly LimitCounts[] {
    return this.#counts;
  }

  /** Windows in which this subject is counted. */
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

/** For the providers of a module that counts in its own tables. */
export function registerLimitCounts(counts: Type<LimitCounts>): FactoryProvider {
  return {
    provide: Symbol('registered counts'),
    inject: [LimitRegistry, counts],
    useFactory: (registry: LimitRegistry, one: LimitCounts) => registry.registerCounts(one),
  };
}

/** Refusals of the limits, both of windows and of counts that a library keeps itself. */
@Injectable()
export class LimitMetrics {
  readonly #refusals: Counter;

  constructor(registry: MetricsRegistry) {
    this.#refusals = new Counter({
      name: 'portillon_limit_refusals_total',
      help: 'What a limit did not allow, by its name.',
      labelNames: ['limit'],
      registers: [registry],
    });
  }

  refused({ name }: Pick<Limit, 'name'>): void {
    this.#refusals.inc({ limit: name });
  }
}
