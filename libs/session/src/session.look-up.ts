import type { Database } from '@portillon/persistence';
import { marks } from './chosen-rows';
import { SESSION_COLUMNS, SessionRow } from './session.row';

interface Waiting {
  id: string;
  resolve: (row: SessionRow | undefined) => void;
  reject: (error: unknown) => void;
}

/** Sizes of the IN list: one prepared statement each. */
const SIZES = [1, 2, 4, 8, 16, 32];
const MOST = SIZES.at(-1)!;
const STATEMENTS = new Map(
  SIZES.map((size) => [size, `SELECT ${SESSION_COLUMNS} FROM session WHERE id IN (${marks(size)})`]),
);

/**
 * Reads sessions by id, the look-ups of one turn of the event loop in one statement.
 * A look-up is only ever answered by a statement sent after it was asked: a session ended before is never seen open.
 */
export class SessionLookUp {
  #waiting: Waiting[] = [];

  constructor(private readonly database: Database) {}

  /** The row, or nothing when there is none. @throws what the statement throws, to everyone who waits for it. */
  find(id: string): Promise<SessionRow | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.push({ id, resolve, reject }) === 1) setImmediate(this.#send);
    });
  }

  // From here on whoever asks joins the next statement: this list is closed before its statement leaves.
  readonly #send = (): void => {
    const waiting = this.#waiting;
    this.#waiting = [];
    if (waiting.length <= MOST) return void this.#read(waiting);
    for (let from = 0; from < waiting.length; from += MOST) void this.#read(waiting.slice(from, from + MOST));
  };

  async #read(waiting: Waiting[]): Promise<void> {
    try {
      const rows = await this.#rows(waiting);
      for (const one of waiting) one.resolve(rows.get(one.id));
    } catch (error) {
      for (const one of waiting) one.reject(error);
    }
  }

  async #rows(waiting: Waiting[]): Promise<Map<string, SessionRow>> {
    const size = SIZES.find((one) => one >= waiting.length)!;
    const ids = Array.from({ length: size }, (_, index) => (waiting[index] ?? waiting[0]!).id);
    const rows = await this.database.rows<SessionRow>(STATEMENTS.get(size)!, ids);
    return new Map(rows.map((row) => [row.id, row]));
  }
}
