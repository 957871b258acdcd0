import { lookUpsOf, LookUps, Question } from './look-up';

export type Dialect = 'mariadb' | 'mysql' | 'sqlite';
export type SqlValue = string | number | boolean | Date | null;

/**
 * Runs statements: outside a transaction each is its own committed unit, inside one they share its fate.
 * Statements are prepared and kept by the connection. Columns whose name ends in `At` come back as `Date`.
 */
export interface Statements {
  readonly dialect: Dialect;
  /** Whether the server itself undoes everything when a {@link claim} matches no row: see {@link Database.inOneTrip}. */
  readonly holdsGuards: boolean;
  /** Every row that the statement returns. */
  rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  /** The first row, or nothing. */
  row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  /** Runs an INSERT, UPDATE or DELETE: how many rows it matched. A guarded UPDATE that lost its race matches 0. */
  execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  /** As {@link execute}, for a guard: when it matches no row, whoever asked undoes the transaction by an error. */
  claim(sql: string, params?: readonly SqlValue[]): Promise<number>;
}

/** So many trips of look-ups are on their way at a time; who asks meanwhile joins the next. */
const LOOK_UP_LANES = 1;

/** The database as everything above it sees it. */
export abstract class Database implements Statements {
  abstract readonly dialect: Dialect;
  readonly holdsGuards: boolean = false;
  /** Where each {@link LookUp} waits for its trip. */
  readonly lookUps: LookUps = lookUpsOf(this, LOOK_UP_LANES);
  abstract rows<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row[]>;
  abstract row<Row>(sql: string, params?: readonly SqlValue[]): Promise<Row | undefined>;
  abstract execute(sql: string, params?: readonly SqlValue[]): Promise<number>;
  abstract claim(sql: string, params?: readonly SqlValue[]): Promise<number>;

  /** The rows of each question, in one trip where the server can. */
  readTogether(questions: readonly Question[]): Promise<unknown[][]> {
    return Promise.all(questions.map(({ sql, values }) => this.rows(sql, values)));
  }

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
  abstract transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result>;

  /**
   * A transaction that takes its COMMIT along, for `work` that asks for all of its statements together (`Promise.all`),
   * those that must match a row by {@link Statements.claim}, and throws for no other reason once they are answered.
   * `shared`: the units of other requests may come along, in one trip and one commit, so that it must touch no row that
   * others wait for.
   *
   * Resolves to nothing when it left nothing behind: a guard or a statement failed, or this database cannot hold the
   * guards (MariaDB alone can). Then an ordinary {@link transaction} does it, and tells why.
   *
   * @throws AppError `service.busy` when the database does not answer: nobody knows what was committed.
   */
  abstract inOneTrip<Result extends object>(
    work: (tx: Statements) => Promise<Result>,
    options?: { shared?: boolean },
  ): Promise<Result | undefined>;

  /** Resolves when the database answers. @throws AppError `service.busy` otherwise. */
  abstract ping(): Promise<void>;
}
