import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { shift } from '@portillon/kernel';
import { EntityRepository, Transactions, isEmbedded } from '@portillon/persistence';
import { And, EntityManager, In, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import type { FullWindow, LimitWindow, RunningWindow, WindowStore } from './limit-window.types';
import { RateLimitEntity } from './rate-limit.entity';

/** Rolls back the hits of a count that found windows full. */
class WindowsFull extends Error {
  constructor(readonly windows: FullWindow[]) {
    super('full');
  }
}

/** The table `rateLimit`: windows in the database, which every instance shares already. */
@Injectable()
export class RateLimitRepository extends EntityRepository<RateLimitEntity> implements WindowStore {
  constructor(
    @InjectRepository(RateLimitEntity) rows: Repository<RateLimitEntity>,
    private readonly transactions: Transactions,
  ) {
    super(rows);
  }

  async count(windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]> {
    try {
      await this.transactions.run((tx) => this.#countAll(windows, now, tx));
      return [];
    } catch (error) {
      if (error instanceof WindowsFull) return error.windows;
      throw error;
    }
  }

  async findFull(windows: readonly LimitWindow[], now: Date): Promise<FullWindow[]> {
    const found = await this.of().findBy({ id: In(idsOf(windows)), windowEndsAt: MoreThan(now) });
    return select(windows, found, ({ hits }, { max }) => hits >= max);
  }

  async read(windows: readonly LimitWindow[], now: Date): Promise<RunningWindow[]> {
    const found = await this.of().findBy({ id: In(idsOf(windows)), windowEndsAt: MoreThan(now) });
    return found.map(({ id, hits, windowEndsAt: endsAt }) => ({ id, hits, endsAt }));
  }

  async giveBack(windows: readonly LimitWindow[], now: Date, countedAt: Date): Promise<void> {
    const running = windows.map(({ id, windowMs }) => ({
      id,
      hits: MoreThan(0),
      windowEndsAt: And(MoreThan(now), LessThanOrEqual(shift(countedAt, windowMs))),
    }));
    const update = this.of().createQueryBuilder().update();
    await update
      .set({ hits: () => 'hits - 1' })
      .where(running)
      .execute();
  }

  async clear(windows: readonly LimitWindow[]): Promise<void> {
    await this.of().delete({ id: In(idsOf(windows)) });
  }

  /** Deletes up to `batch` of the windows that have been over for longest: how many. */
  purge(batch: number, now: Date): Promise<number> {
    return this.deleteOldest({ windowEndsAt: LessThanOrEqual(now) }, { windowEndsAt: 'ASC' }, batch);
  }

  async #countAll(windows: readonly LimitWindow[], now: Date, tx: EntityManager): Promise<void> {
    await this.#addHits(windows, now, tx);
    const counted = await this.of(tx).findBy({ id: In(idsOf(windows)) });
    const full = select(windows, counted, ({ hits }, { max }) => hits > max);
    if (full.length > 0) throw new WindowsFull(full);
  }

  /** Written as SQL: no builder says what an upsert sets from the row it finds, and each engine says it its own way. */
  async #addHits(windows: readonly LimitWindow[], now: Date, tx: EntityManager): Promise<void> {
    const values = windows.map(() => '(?, 1, ?)').join(', ');
    // MySQL and MariaDB assign from left to right: the end, which the count looks at, is moved last.
    const onKnown = isEmbedded(tx)
      ? `ON CONFLICT (id) DO UPDATE SET
           hits = CASE WHEN windowEndsAt <= ? THEN 1 ELSE hits + 1 END,
           windowEndsAt = CASE WHEN windowEndsAt <= ? THEN excluded.windowEndsAt ELSE windowEndsAt END`
      : `ON DUPLICATE KEY UPDATE
           hits = CASE WHEN windowEndsAt <= ? THEN 1 ELSE hits + 1 END,
           windowEndsAt = CASE WHEN windowEndsAt <= ? THEN VALUES(windowEndsAt) ELSE windowEndsAt END`;
    const rows = windows.flatMap(({ id, windowMs }) => [id, shift(now, windowMs)]);
    await tx.query(`INSERT INTO rateLimit (id, hits, windowEndsAt) VALUES ${values} ${onKnown}`, [
      ...rows,
      now,
      now,
    ]);
  }
}

function idsOf(windows: readonly { id: string }[]): string[] {
  return windows.map(({ id }) => id);
}

function select(
  windows: readonly LimitWindow[],
  found: readonly RateLimitEntity[],
  isFull: (count: RateLimitEntity, window: LimitWindow) => boolean,
): FullWindow[] {
  const full = found.filter((count) =>
    windows.some((window) => window.id === count.id && isFull(count, window)),
  );
  return full.map(({ id, windowEndsAt }) => ({ id, endsAt: windowEndsAt }));
}
