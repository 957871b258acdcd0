import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, shift } from '@portillon/kernel';
import { Database, SqlValue, Statements } from '@portillon/persistence';
import { countStatement, forgetStatement, readStatement } from './count.statement';
import type { Hit, Limit, OverLimit } from './limit';
import type { RateLimitEntity } from './rate-limit.entity';

/** A hit with the id of its window. */
interface KeyedHit {
  id: string;
  limit: Limit;
}

/** Counts hits in windows, in the database, so that every instance of the service counts together. */
@Injectable()
export class RateLimiter {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts one hit on each, in one unit: the refusal that blocks longest, or nothing when all allow.
   * A hit that is refused by one limit is counted on the others; in a transaction that rolls back, on none.
   */
  async hit(hits: readonly Hit[], at: Statements = this.database): Promise<OverLimit | undefined> {
    if (hits.length === 0) return undefined;
    const keyed = inOrder(hits);
    const rows = await this.#count(keyed, at);
    return longest(keyed, rows, (row) => row.hits > row.allowed);
  }

  /** Whether a hit would be refused now. Counts nothing. */
  async peek(hits: readonly Hit[], at: Statements = this.database): Promise<OverLimit | undefined> {
    if (hits.length === 0) return undefined;
    const keyed = inOrder(hits);
    const rows = await at.rows<RateLimitEntity>(readStatement(keyed.length), ids(keyed));
    const now = this.clock.now();
    return longest(keyed, rows, (row, limit) => row.hits >= limit.max && row.windowEndsAt > now);
  }

  /** Gives the keys a fresh start. */
  async forget(hits: readonly Hit[], at: Statements = this.database): Promise<void> {
    if (hits.length === 0) return;
    const keyed = inOrder(hits);
    await at.execute(forgetStatement(keyed.length), ids(keyed));
  }

  /** Deletes about `batch` of the windows that have been over for longest: how many. */
  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    const oldest = `SELECT windowEndsAt FROM rateLimit WHERE windowEndsAt <= ? ORDER BY windowEndsAt LIMIT ${batch}`;
    const found = await this.database.row<{ lastAt: Date | null }>(
      `SELECT MAX(windowEndsAt) AS lastAt FROM (${oldest}) old`,
      [now],
    );
    if (!found?.lastAt) return 0;
    return this.database.execute('DELETE FROM rateLimit WHERE windowEndsAt <= ?', [found.lastAt]);
  }

  #count(keyed: readonly KeyedHit[], at: Statements): Promise<RateLimitEntity[]> {
    const now = this.clock.now();
    const values = keyed.flatMap(({ id, limit }): SqlValue[] => [id, limit.max, shift(now, limit.windowMs)]);
    const statement = countStatement(at.dialect, keyed.length);
    if (at.dialect !== 'mysql') return at.rows(statement, [...values, now, now]);
    return this.#together(at, async (tx) => {
      await tx.execute(statement, [...values, now, now]);
      return tx.rows(readStatement(keyed.length), ids(keyed));
    });
  }

  /** MySQL cannot return what it counted: the lock of the count must last until it is read. */
  #together<Result>(at: Statements, work: (tx: Statements) => Promise<Result>): Promise<Result> {
    return at === this.database ? this.database.transaction(work) : work(at);
  }
}

/** In the order of the ids, so that two requests with the same keys never wait for each other. */
function inOrder(hits: readonly Hit[]): KeyedHit[] {
  const keyed = hits.map(({ limit, key }) => ({ id: idOf(limit, key), limit }));
  return keyed.sort((one, other) => (one.id < other.id ? -1 : 1));
}

function idOf(limit: Limit, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([limit.name, key]))
    .digest('hex');
}

function ids(keyed: readonly KeyedHit[]): string[] {
  return keyed.map(({ id }) => id);
}

function longest(
  keyed: readonly KeyedHit[],
  rows: readonly RateLimitEntity[],
  isOver: (row: RateLimitEntity, limit: Limit) => boolean,
): OverLimit | undefined {
  const refusals = keyed.flatMap(({ id, limit }) =>
    rows
      .filter((row) => row.id === id && isOver(row, limit))
      .map((row) => ({ limit, retryAt: row.windowEndsAt })),
  );
  return refusals.sort((one, other) => other.retryAt.getTime() - one.retryAt.getTime())[0];
}
