import type { Database } from './database';

interface Waiting<Row> {
  key: string;
  resolve: (rows: Row[]) => void;
  reject: (error: unknown) => void;
}

/** Sizes of the list of keys: one prepared statement each. */
const SIZES = [1, 2, 4, 8, 16, 32];
const MOST = SIZES.at(-1)!;

/**
 * Reads rows by a key, the look-ups of one turn of the event loop in one statement.
 * A look-up is only ever answered by a statement sent after it was asked: what was ended before is never seen open.
 */
export class LookUp<Row> {
  readonly #waiting: Waiting<Row>[] = [];
  readonly #statements: ReadonlyMap<number, string>;
  #due = false;

  constructor(
    private readonly database: Database,
    /** The SELECT that reads the rows of a list of keys, given as the inside of `IN (…)`. */
    statementOf: (list: string) => string,
    private readonly keyOf: (row: Row) => string,
    /** So many statements may be on their way at a time; who asks meanwhile joins the next. */
    private lanes = Infinity,
  ) {
    this.#statements = new Map(SIZES.map((size) => [size, statementOf(Array(size).fill('?').join(', '))]));
  }

  /** The rows of the key. @throws what the statement throws, to everyone who waits for it. */
  find(key: string): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ key, resolve, reject });
      this.#plan();
    });
  }

  #plan(): void {
    if (this.#due || this.lanes === 0 || this.#waiting.length === 0) return;
    this.#due = true;
    setImmediate(this.#send);
  }

  // From here on whoever asks joins the next statement: this list is closed before its statement leaves.
  readonly #send = (): void => {
    this.#due = false;
    while (this.lanes > 0 && this.#waiting.length > 0) {
      this.lanes--;
      void this.#answer(this.#waiting.splice(0, MOST)).then(() => {
        this.lanes++;
        this.#plan();
      });
    }
  };

  async #answer(waiting: Waiting<Row>[]): Promise<void> {
    try {
      const rows = await this.#read(waiting);
      for (const one of waiting) one.resolve(rows.get(one.key) ?? []);
    } catch (error) {
      for (const one of waiting) one.reject(error);
    }
  }

  async #read(waiting: Waiting<Row>[]): Promise<Map<string, Row[]>> {
    const size = SIZES.find((one) => one >= waiting.length)!;
    const keys = Array.from({ length: size }, (_, index) => (waiting[index] ?? waiting[0]!).key);
    const rows = await this.database.rows<Row>(this.#statements.get(size)!, keys);
    return grouped(rows, this.keyOf);
  }
}

function grouped<Row>(rows: Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const known = groups.get(keyOf(row));
    if (known) known.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
