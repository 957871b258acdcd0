import { Injectable } from '@nestjs/common';
import type { Verdict } from '../rules/access.policy';

/** How often an application was asked for with this outcome. */
export interface GateCheckCount {
  applicationId: string;
  outcome: Verdict['status'] | 'unreadable';
  count: number;
}

/** What the gate has answered since this process started, for its metrics. */
@Injectable()
export class GateCheckCountService {
  readonly #counts = new Map<string, GateCheckCount>();

  /** `applicationId`: of a row that the check has read, so that no request makes up another one. */
  add(applicationId: string, outcome: GateCheckCount['outcome']): void {
    const key = `${applicationId} ${outcome}`;
    const before = this.#counts.get(key)?.count ?? 0;
    this.#counts.set(key, { applicationId, outcome, count: before + 1 });
  }

  all(): GateCheckCount[] {
    return [...this.#counts.values()];
  }
}
