import { Database, Dialect, SqlValue, Statements } from '@portillon/persistence';

/** Notes every statement on its way to another database, and may do something between two of them. */
export class WatchedDatabase extends Database {
  readonly seen: string[] = [];
  /** Run once, before the first statement that matches. */
  before?: { pattern: RegExp; act: () => Promise<unknown> };

  constructor(private readonly inner: Database) {
    super();
  }

  get dialect(): Dialect {
    return this.inner.dialect;
  }

  rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]> {
    return this.#watch(this.inner).rows(sql, params);
  }

  row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined> {
    return this.#watch(this.inner).row(sql, params);
  }

  execute(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#watch(this.inner).execute(sql, params);
  }

  claim(sql: string, params?: readonly SqlValue[]): Promise<number> {
    return this.#watch(this.inner).claim(sql, params);
  }

  get gathered(): Statements {
    return this.#watch(this.inner.gathered);
  }

  transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    return this.inner.transaction((tx) => work(this.#watch(tx)));
  }

  inOneTrip<Result extends object>(
    work: (tx: Statements) => Promise<Result>,
    options?: { shared?: boolean },
  ): Promise<Result | undefined> {
    return this.inner.inOneTrip((tx) => work(this.#watch(tx)), options);
  }

  ping(): Promise<void> {
    return this.inner.ping();
  }

  #watch(target: Statements): Statements {
    return {
      dialect: target.dialect,
      holdsGuards: target.holdsGuards,
      rows: async (sql, params) => this.#note(sql).then(() => target.rows(sql, params)),
      row: async (sql, params) => this.#note(sql).then(() => target.row(sql, params)),
      execute: async (sql, params) => this.#note(sql).then(() => target.execute(sql, params)),
      claim: async (sql, params) => this.#note(sql).then(() => target.claim(sql, params)),
    };
  }

  async #note(sql: string): Promise<void> {
    this.seen.push(sql.trim().split(/\s+/, 1)[0]!);
    if (!this.before?.pattern.test(sql)) return;
    const { act } = this.before;
    this.before = undefined;
    await act();
  }
}
