import { shift } from '@portillon/kernel';
import { Database, dialectOf, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { countStatement, places, readStatement } from './count.statement';
import type { LimitWindow, WindowCount, WindowStore } from './limit-window.types';

/** Windows in the database, which every instance shares already. */
export class DatabaseWindows implements WindowStore {
  constructor(private readonly database: Database) {}

  async count(windows: readonly LimitWindow[], now: Date, at: EntityManager): Promise<WindowCount[]> {
    const values = windows.flatMap(({ id, max, windowMs }): SqlValue[] => [id, max, shift(now, windowMs)]);
    const statement = countStatement(dialectOf(at), windows.length);
    if (dialectOf(at) !== 'mysql') return rawSql(at).rows(statement, [...values, now, now]);
    return this.#together(at, async (tx) => {
      await rawSql(tx).execute(statement, [...values, now, now]);
      return rawSql(tx).rows(
        readStatement(places('?', windows.length)),
        windows.map(({ id }) => id),
      );
    });
  }

  read(windows: readonly LimitWindow[]): Promise<WindowCount[]> {
    const ids = windows.map(({ id }) => id);
    return this.database.rows(readStatement(places('?', ids.length)), ids);
  }

  /** Deletes about `batch` of the windows that have been over for longest: how many. */
  async purge(batch: number, now: Date): Promise<number> {
    const oldest = `SELECT windowEndsAt FROM rateLimit WHERE windowEndsAt <= ? ORDER BY windowEndsAt LIMIT ${batch}`;
    const found = await this.database.row<{ lastAt: Date | null }>(
      `SELECT MAX(windowEndsAt) AS lastAt FROM (${oldest}) old`,
      [now],
    );
    if (!found?.lastAt) return 0;
    return this.database.execute('DELETE FROM rateLimit WHERE windowEndsAt <= ?', [found.lastAt]);
  }

  /** MySQL cannot return what it counted: the lock of the count must last until it is read. */
  #together<Result>(at: EntityManager, work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return at.queryRunner ? work(at) : this.database.transaction(work);
  }
}
