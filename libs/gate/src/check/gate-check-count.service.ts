import { Injectable } from '@nestjs/common';
import { MetricsRegistry } from '@portillon/kernel';
import { Counter } from 'prom-client';
import type { Verdict } from '../rules/access.policy';

/** Counts the gate's answers since the process started: an accepted check is not logged. */
@Injectable()
export class GateCheckCountService {
  readonly #checks: Counter;

  constructor(registry: MetricsRegistry) {
    this.#checks = new Counter({
      name: 'portillon_gate_checks_total',
      help: 'Checks of the gate since this process started, by application and outcome.',
      labelNames: ['application', 'outcome'],
      registers: [registry],
    });
  }

  /** `application`: the id of a row that the check has read, so that no request makes up another one. */
  add(application: string, outcome: Verdict['status'] | 'unreadable'): void {
    this.#checks.inc({ application, outcome });
  }
}
