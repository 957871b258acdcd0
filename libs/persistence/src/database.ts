export type Dialect = 'mariadb' | 'mysql' | 'sqlite';
export type SqlValue = string | number | boolean | Date | null;

/**
 * Runs statements: outside a transaction each is its own committed unit, inside one they share its fate.
 * Statements are prepared and kept by the connection. Columns whose name ends in `At` come back as `Date`.
 */
export interface Statements {
  readonly dialect: Dialect;
  /** Every row that the statement returns. */
  rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** The first row, or nothing. */
  row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  /** Runs an INSERT, UPDATE or DELETE: how many rows it matched. A guarded UPDATE that lost its race matches 0. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** As {@link execute}, for a guard: when it matches no row, whoever asked undoes the transaction by an error. */
  claim(sql: string, params?: readonly SqlValue[]): Promise<number>;
}

export interface TransactionOptions {
  /**
   * `work` asks for all of its statements together (`Promise.all`), those that must match a row by
   * {@link Statements.claim}, and throws for no other reason once they are answered: where the server can hold the
   * guards itself, the COMMIT goes along with them. When one is lost, `work` is run again in the ordinary way.
   */
  oneTrip?: boolean;
}

/** The database as everything above it sees it. */
export abstract class Database implements Statements {
  abstract readonly dialect: Dialect;
  abstract rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  abstract row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  abstract execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  abstract claim(sql: string, params?: readonly SqlValue[]): Promise<number>;

  /**
   * For short statements that many requests ask for at the same moment: they share a trip and a commit, and each is a
   * committed unit of its own all the same. Not for what may take long, or wait for a lock: the others would wait too.
   */
  abstract readonly gathered: Statements;

  /**
   * Runs `work` in one transaction (READ COMMITTED): committed when it resolves, rolled back when it throws.
   * A deadlock or a lost Galera certification runs `work` again, so `work` must do nothing but statements.
   * Statements asked for together (`Promise.all`) go to the server together, in their order.
   * Inside, use `tx` only: the embedded engine has one connection and refuses the outer one with an error.
   *
   * @throws AppError `service.busy` when the database does not answer.
   */
  abstract transaction<Result>(
    work: (tx: Statements) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;

  /** Resolves when the database answers. @throws AppError `service.busy` otherwise. */
  abstract ping(): Promise<void>;
}
