import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { addMilliseconds } from '@portillon/kernel';
import { EntityRepository, exactlyOne, Transactions } from '@portillon/persistence';
import {
  And,
  EntityManager,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';
import type { LimitWindow, RunningWindow, WindowStore } from './limit.types';

/** The hits of one key in the current window. */
@Entity('rateLimit')
@Index('rateLimitEnd', ['windowEndsAt'])
export class RateLimitEntity {
  /** SHA-256 of the limit's name and the key: no address or number is stored. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'int' })
  hits!: number;

  @Column({ type: 'datetime', precision: 3 })
  windowEndsAt!: Date;
}

/** The table `rateLimit`: windows in the database, which all instances share. */
@Injectable()
export class RateLimitRepository extends EntityRepository<RateLimitEntity> implements WindowStore {
  constructor(
    @InjectRepository(RateLimitEntity) rows: Repository<RateLimitEntity>,
    private readonly transactions: Transactions,
  ) {
    super(rows);
  }

  count(window: LimitWindow, now: Date): Promise<Date | undefined> {
    return this.transactions.run((tx) => this.#count(window, now, tx));
  }

  async read({ id }: LimitWindow, now: Date): Promise<RunningWindow | undefined> {
    const found = await this.of().findOneBy({ id, windowEndsAt: MoreThan(now) });
    return found ? { hits: found.hits, endsAt: found.windowEndsAt } : undefined;
  }

  async refund({ id, windowMs }: LimitWindow, now: Date, countedAt: Date): Promise<void> {
    const windowEndsAt = And(MoreThan(now), LessThanOrEqual(addMilliseconds(countedAt, windowMs)));
    await this.of().update({ id, hits: MoreThan(0), windowEndsAt }, { hits: () => 'hits - 1' });
  }

  async clear({ id }: LimitWindow): Promise<void> {
    await this.of().delete({ id });
  }

  /** Gives the running window at least these hits, and begins it with them when none is running. */
  async raise({ id }: LimitWindow, { hits, endsAt }: RunningWindow, now: Date): Promise<void> {
    const lower = { id, hits: LessThan(hits), windowEndsAt: MoreThan(now) };
    if (exactlyOne(await this.of().update(lower, { hits }))) return;
    const begun = { hits, windowEndsAt: endsAt };
    if (exactlyOne(await this.of().update({ id, windowEndsAt: LessThanOrEqual(now) }, begun))) return;
    await this.insertNew({ id, ...begun });
  }

  /** Deletes up to `batch` windows, the longest expired first. Returns how many. */
  purge(batch: number, now: Date): Promise<number> {
    return this.deleteOldest({ windowEndsAt: LessThanOrEqual(now) }, { windowEndsAt: 'ASC' }, batch);
  }

  /** Retries when another caller created or cleared the window between two statements. */
  async #count(window: LimitWindow, now: Date, tx: EntityManager): Promise<Date | undefined> {
    const { id, max } = window;
    const running = { id, windowEndsAt: MoreThan(now) };
    for (;;) {
      const guard = { ...running, hits: LessThan(max) };
      if (exactlyOne(await this.of(tx).update(guard, { hits: () => 'hits + 1' }))) return undefined;
      const found = await this.of(tx).findOneBy({ id });
      if (found && found.windowEndsAt > now && found.hits >= max) return found.windowEndsAt;
      if (await this.#begin(window, found !== null, now, tx)) return undefined;
    }
  }

  async #begin(
    { id, windowMs }: LimitWindow,
    isKnown: boolean,
    now: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    const window = { hits: 1, windowEndsAt: addMilliseconds(now, windowMs) };
    if (isKnown)
      return exactlyOne(await this.of(tx).update({ id, windowEndsAt: LessThanOrEqual(now) }, window));
    return this.insertNew({ id, ...window }, tx);
  }
}
