type Bindable = string | number | bigint | null | Uint8Array;
type Row = Record<string, unknown>;

interface LibsqlStatement {
  reader: boolean;
  run(params: Bindable[]): { changes: number; lastInsertRowid: number };
  all(params: Bindable[]): Row[];
  get(params: Bindable[]): Row | undefined;
}

interface LibsqlDatabase {
  readonly inTransaction: boolean;
  prepare(sql: string): LibsqlStatement;
  exec(sql: string): unknown;
  pragma(text: string, options?: object): unknown;
  close(): void;
}

type Engine = new (file: string, options?: object) => LibsqlDatabase;

const REUSABLE = /^\s*(select|insert|update|delete|with)\b/i;
const WRITE = /^\s*(insert|update|delete)\b/i;
const TRANSACTION = /^\s*(begin|commit|rollback|savepoint|release)\b/i;
const KEPT_STATEMENTS = 500;

/**
 * Adapts `libsql` to TypeORM's better-sqlite3 driver. The library aborts the process when the only bound parameter is
 * an object or any is a boolean (tursodatabase/libsql-js#114), so every call binds one array of primitives. A prepared
 * statement that finds the file busy stays in progress, and the connection then commits nothing. So only `exec`, which
 * leaves nothing behind, requests the write lock.
 */
export class SafeLibsql {
  readonly #database: LibsqlDatabase;
  readonly #statements = new Map<string, SafeStatement>();

  static #engine?: Engine;

  /**
   * Loads the engine; call it before the first instance. Its native code takes memory that a server on MariaDB does
   * not need.
   */
  static async load(): Promise<typeof SafeLibsql> {
    this.#engine ??= (await import('libsql')).default as unknown as Engine;
    return this;
  }

  constructor(file: string, options?: object) {
    this.#database = new SafeLibsql.#engine!(file, options);
  }

  prepare(sql: string): SafeStatement | TransactionStatement {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (TRANSACTION.test(sql)) return new TransactionStatement(this.#database, sql);
    const statement = new SafeStatement(this.#database, this.#database.prepare(sql), WRITE.test(sql));
    if (REUSABLE.test(sql)) this.#keep(sql, statement);
    else this.#statements.clear();
    return statement;
  }

  exec(sql: string): unknown {
    return this.#database.exec(sql);
  }

  pragma(text: string, options?: object): unknown {
    return this.#database.pragma(text, options);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #keep(sql: string, statement: SafeStatement): void {
    if (this.#statements.size >= KEPT_STATEMENTS)
      this.#statements.delete(this.#statements.keys().next().value!);
    this.#statements.set(sql, statement);
  }
}

class SafeStatement {
  readonly reader: boolean;

  constructor(
    private readonly database: LibsqlDatabase,
    private readonly statement: LibsqlStatement,
    private readonly writes: boolean,
  ) {
    this.reader = statement.reader;
  }

  run(...params: unknown[]): { changes: number; lastInsertRowid: number } {
    return this.#locked(() => this.statement.run(params.map(bindable)));
  }

  all(...params: unknown[]): Row[] {
    return this.#locked(() => this.statement.all(params.map(bindable))).map(withBuffers);
  }

  get(...params: unknown[]): Row | undefined {
    const row = this.#locked(() => this.statement.get(params.map(bindable)));
    return row && withBuffers(row);
  }

  #locked<Result>(work: () => Result): Result {
    if (!this.writes || this.database.inTransaction) return work();
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }
}

class TransactionStatement {
  readonly reader = false;

  constructor(
    private readonly database: LibsqlDatabase,
    private readonly sql: string,
  ) {}

  run(): { changes: number; lastInsertRowid: number } {
    this.database.exec(this.sql);
    return { changes: 0, lastInsertRowid: 0 };
  }
}

function bindable(value: unknown): Bindable {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  if (value instanceof Date) return sqliteTime(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`Cannot bind a ${typeof value} to a statement`);
}

function withBuffers(row: Row): Row {
  for (const key in row) if (row[key] instanceof ArrayBuffer) row[key] = Buffer.from(row[key]);
  return row;
}

/** Formats a time as TypeORM does, so that both compare equal: `2026-11-24 15:04:05.123`. */
function sqliteTime(time: Date): string {
  return time.toISOString().replace('T', ' ').slice(0, 23);
}
