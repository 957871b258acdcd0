import { Injectable, Logger } from '@nestjs/common';
import { ApplicationRefusals } from '@portillon/application';
import { AuditStatisticsService, dayOf } from '@portillon/audit';
import { Clock } from '@portillon/kernel';
import type { Refusal } from './refusal.policy';

/** Records the refusals of applications, for their administrators and their statistics. */
@Injectable()
export class RefusalRecorderService {
  readonly #logger = new Logger(RefusalRecorderService.name);
  #leftOut = { day: '', known: new Set<string>() };

  constructor(
    private readonly refusals: ApplicationRefusals,
    private readonly counters: AuditStatisticsService,
    private readonly clock: Clock,
  ) {}

  /** Answers the client even when the refusal cannot be stored. `isInJournal`: its journal entry is counted already. */
  async record(applicationId: string, { code, detail }: Refusal, isInJournal = false): Promise<void> {
    try {
      await this.refusals.record(applicationId, code, detail);
      if (!isInJournal) await this.counters.countRefusal(applicationId, this.clock.now());
    } catch (failure) {
      this.#logger.warn(failure);
    }
  }

  /** Records requested scopes that gave nothing: each once a day per process, since the request itself succeeded. */
  async recordLeftOut(applicationId: string, refusals: readonly Refusal[]): Promise<void> {
    const day = dayOf(this.clock.now());
    if (this.#leftOut.day !== day) this.#leftOut = { day, known: new Set() };
    for (const refusal of refusals) {
      const key = `${applicationId} ${refusal.code} ${refusal.detail}`;
      if (this.#leftOut.known.has(key)) continue;
      this.#leftOut.known.add(key);
      await this.record(applicationId, refusal);
    }
  }
}
