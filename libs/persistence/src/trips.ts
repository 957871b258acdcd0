import type { Pool } from 'mysql2';
import { compound, Compounds } from './compounds';
import type { SqlValue } from './database';
import { isServersAnswer } from './database-error';
import { Gathering, told } from './gathering';
import { connectionOf, prepared } from './mysql-statements';
import { undo } from './undo';

interface Statement {
  sql: string;
  /** Undoes everything when it matches no row. */
  isGuard: boolean;
}

export interface Asked extends Statement {
  values: readonly SqlValue[];
}

interface Unit {
  values: readonly SqlValue[];
}

interface Waiting extends Unit {
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** One sequence of statements. */
interface Shape {
  of: readonly Statement[];
  /** So many of it, one to {@link MOST}, as one statement. */
  texts: string[];
  gathering: Gathering<Waiting>;
}

/** Of one shape one batch is on its way at a time: the more come together, the less each costs. */
const LANES = 1;
/** So many units go together at most: each number of them is a statement of its own, prepared by each connection. */
const MOST = 8;
const OR_FAIL = `IF ROW_COUNT() = 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'matched no row'; END IF`;

/**
 * Transactions that are known whole before they leave. Each goes to the server as one prepared compound statement with
 * its COMMIT in it, so that it costs one trip, is parsed once, and its guards are held by the server itself. Nobody has
 * an answer before the commit.
 */
export class Trips {
  /** Few: each is looked at in turn, which costs less than to make one text of all statements and hash it. */
  readonly #shapes: Shape[] = [];

  constructor(
    /** Of connections whose statements open a transaction by themselves. */
    private readonly pool: Pool,
    private readonly compounds: Compounds,
  ) {}

  /** Commits the statements, alone. @throws what the server said of the one that failed: all are undone. */
  runAlone(statements: readonly Asked[]): Promise<void> {
    return this.#run(this.#shapeOf(statements), [{ values: valuesOf(statements) }]);
  }

  /**
   * As {@link runAlone}, but in one trip and one commit with the same statements of others of this moment. When one
   * of a batch fails, the batch is undone and each is run alone, so that it fails for itself.
   */
  run(statements: readonly Asked[]): Promise<void> {
    const { gathering } = this.#shapeOf(statements);
    return new Promise((resolve, reject) => gathering.add({ values: valuesOf(statements), resolve, reject }));
  }

  #shapeOf(statements: readonly Asked[]): Shape {
    const known = this.#shapes.find(({ of }) => areSame(of, statements));
    if (known) return known;
    const body = bodyOf(statements);
    const shape: Shape = {
      // Without the values: a shape is kept for good.
      of: statements.map(({ sql, isGuard }) => ({ sql, isGuard })),
      // The very same text each time, so that nobody has to compare it.
      texts: Array.from({ length: MOST }, (_, more) => compound(`${body.repeat(1 + more)}COMMIT; `)),
      gathering: new Gathering(LANES, MOST, (batch) => this.#answer(shape, batch)),
    };
    this.#shapes.push(shape);
    return shape;
  }

  async #answer(shape: Shape, batch: Waiting[]): Promise<() => void> {
    try {
      await this.#run(shape, batch);
      return () => batch.forEach((one) => one.resolve());
    } catch (error) {
      if (isServersAnswer(error) && batch.length > 1) return this.#eachAlone(shape, batch);
      // Nobody knows what was committed: to run them again might do one twice.
      return () => batch.forEach((one) => one.reject(error));
    }
  }

  async #eachAlone(shape: Shape, batch: Waiting[]): Promise<() => void> {
    await Promise.all(batch.map((one) => this.#run(shape, [one]).then(one.resolve, one.reject)));
    return told;
  }

  async #run({ texts }: Shape, units: readonly Unit[]): Promise<void> {
    const connection = await connectionOf(this.pool);
    const values = units.length === 1 ? units[0]!.values : valuesOf(units);
    try {
      await this.compounds.watch(() => prepared(connection, texts[units.length - 1]!, values));
      connection.release();
    } catch (error) {
      await undo(connection);
      throw error;
    }
  }
}

function bodyOf(statements: readonly Asked[]): string {
  return statements.map(({ sql, isGuard }) => `${sql}; ${isGuard ? `${OR_FAIL}; ` : ''}`).join('');
}

function areSame(some: readonly Statement[], others: readonly Statement[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ sql, isGuard }, index) => sql === others[index]!.sql && isGuard === others[index]!.isGuard)
  );
}

/** Of all in their order. `flatMap` defines each element the slow way. */
function valuesOf(units: readonly Unit[]): SqlValue[] {
  const all: SqlValue[] = [];
  for (const { values } of units) all.push(...values);
  return all;
}
