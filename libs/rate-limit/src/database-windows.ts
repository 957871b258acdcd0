import { shift } from '@portillon/kernel';
import { Database, LookUp, SqlValue, Statements } from '@portillon/persistence';
import { countStatement, guardStatement, places, readStatement } from './count.statement';
import type { LimitWindow, WindowCount, WindowStore } from './limit-window';

/** Windows in the database, which every instance shares already. */
export class DatabaseWindows implements WindowStore {
  readonly #windows: LookUp<WindowCount>;

  constructor(private readonly database: Database) {
    this.#windows = new LookUp(database, readStatement, (row) => row.id);
  }

  async count(windows: readonly LimitWindow[], now: Date, at: Statements): Promise<WindowCount[]> {
    const values = windows.flatMap(({ id, max, windowMs }): SqlValue[] => [id, max, shift(now, windowMs)]);
    if (at.holdsGuards) return this.#guard(windows, [...values, now, now], at);
    const statement = countStatement(at.dialect, windows.length);
    if (at.dialect !== 'mysql') return at.rows(statement, [...values, now, now]);
    return this.#together(at, async (tx) => {
      await tx.execute(statement, [...values, now, now]);
      return tx.rows(
        readStatement(places('?', windows.length)),
        windows.map(({ id }) => id),
      );
    });
  }

  /** Where the server undoes what goes beyond a limit, nobody need read how far the windows are. */
  async #guard(windows: readonly LimitWindow[], values: SqlValue[], at: Statements): Promise<WindowCount[]> {
    const closed = windows.filter(({ max }) => max < 1);
    if (closed.length > 0)
      return closed.map(({ id }) => ({ id, hits: 1, windowEndsAt: values.at(-1) as Date }));
    await at.execute(guardStatement(windows.length), values);
    return [];
  }

  async read(windows: readonly LimitWindow[]): Promise<WindowCount[]> {
    return (await Promise.all(windows.map(({ id }) => this.#windows.find(id)))).flat();
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
