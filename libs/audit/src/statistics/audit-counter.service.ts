import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditCounterEntity } from './audit-counter.entity';
import { AuditCounterRepository } from './audit-counter.repository';
import type { LineWords } from '../journal/journal.line';
import { dayOf } from './statistics.day';
import { StatisticsRegistry } from './statistics.registry';
import { EVERYWHERE, placeOf } from './statistics.types';

/** Counts each line once, in the transaction that seals it, and refusals of applications. */
@Injectable()
export class AuditCounterService {
  constructor(
    private readonly counters: AuditCounterRepository,
    private readonly registry: StatisticsRegistry,
  ) {}

  async count(lines: readonly LineWords[], tx: EntityManager): Promise<void> {
    await this.counters.raise(this.#countersOf(lines), tx);
  }

  /** Counts a refusal of an application that has no line in the journal. */
  async countRefusal(application: string, at: Date): Promise<void> {
    const where = { structureId: placeOf(application), day: dayOf(at), means: '', channel: '' };
    await this.counters.raise([{ ...where, metric: 'entry-refused', total: 1 }]);
  }

  /** Increments of the counters for these lines, sorted by key. */
  #countersOf(lines: readonly LineWords[]): AuditCounterEntity[] {
    const counters = new Map<string, AuditCounterEntity>();
    for (const line of lines) {
      const day = dayOf(line.happenedAt);
      for (const { application, ...count } of this.registry.countsOf(line))
        for (const structureId of application ? [placeOf(application)] : [line.structureId ?? '', EVERYWHERE])
          add(counters, { structureId, day, ...count, total: 1 });
    }
    return [...counters.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter);
  }
}

function add(counters: Map<string, AuditCounterEntity>, one: AuditCounterEntity): void {
  const key = [one.structureId, one.day, one.metric, one.means, one.channel].join('\n');
  const known = counters.get(key);
  if (known) known.total += one.total;
  else counters.set(key, one);
}
