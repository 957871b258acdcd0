import { shift } from '@portillon/kernel';
import type { Database, SqlValue, Statements } from '@portillon/persistence';
import { countStatement, readStatement } from './count.statement';
import type { LimitWindow, WindowCount, WindowStore } from './limit-window';

/** Windows in the database, which every instance shares already. */
export class DatabaseWindows implements WindowStore {
  constructor(private readonly database: Database) {}

  async count(windows: readonly LimitWindow[], now: Date, at: Statements): Promise<WindowCount[]> {
    const values = windows.flatMap(({ id, max, windowMs }): SqlValue[] => [id, max, shift(now, windowMs)]);
    const statement = countStatement(at.dialect, windows.length);
    if (at.dialect !== 'mysql') return at.rows(statement, [...values, now, now]);
    return this.#together(at, async (tx) => {
      await tx.execute(statement, [...values, now, now]);
      return this.read(windows, tx);
    });
  }

  read(windows: readonly LimitWindow[], at: Statements): Promise<WindowCount[]> {
    const ids = windows.map(({ id }) => id);
    return at.rows(readStatement(ids.length), ids);
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
  #together<Result>(at: Statements, work: (tx: Statements) => Promise<Result>): Promise<Result> {
    const alone = at === this.database || at === this.database.gathered;
    return alone ? this.database.transaction(work) : work(at);
  }
}
