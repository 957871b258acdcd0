import { Injectable } from '@nestjs/common';
import { LimitRegistry } from './limit-registry';
import type { CountedLimit, LimitCounts, LimitSubject } from './limit.types';
import { WindowCountsService } from './window-counts.service';

/** Lists and clears, for an operator, the counts of an account, an address or a block. */
@Injectable()
export class CountedLimitService {
  constructor(
    private readonly registry: LimitRegistry,
    private readonly windows: WindowCountsService,
  ) {}

  async list(subjects: readonly LimitSubject[]): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const subject of subjects)
      for (const counts of this.#everywhere) counted.push(...(await counts.list(subject)));
    return counted;
  }

  /** Commits separately; call it outside a transaction. */
  async clear(subjects: readonly LimitSubject[]): Promise<void> {
    for (const subject of subjects) for (const counts of this.#everywhere) await counts.clear(subject);
  }

  get #everywhere(): readonly LimitCounts[] {
    return [this.windows, ...this.registry.counts];
  }
}
