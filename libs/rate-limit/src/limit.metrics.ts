import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@portillon/kernel';
import { Counter } from 'prom-client';
import type { Limit } from './limit.types';

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
