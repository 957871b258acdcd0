import type { Database, SqlValue } from './database';
import { Gathering } from './gathering';

/** A SELECT with its values. */
export interface Question {
  sql: string;
  values: readonly SqlValue[];
}

interface Sought<Row> {
  lookUp: LookUp<Row>;
  key: string;
  resolve: (rows: Row[]) => void;
  reject: (error: unknown) => void;
}

/** Look-ups that wait for their trip. */
export type LookUps = Gathering<Sought<unknown>>;

/**
 * When a look-up leaves. `at-once`: it waits for no other, whatever that costs, for what every request begins with.
 * `soon`: when a trip before it is back. `in-company`: with the next trip of others, or after a millisecond as one that
 * leaves soon; for requests behind which people have waited for seconds anyway.
 */
export type Departure = 'at-once' | 'soon' | 'in-company';

/** Sizes of the list of keys: one prepared statement each. */
const SIZES = [1, 2, 4, 8, 16, 32];
const MOST = SIZES.at(-1)!;

/**
 * Reads rows by a key: the look-ups of one moment, whatever they read, are one trip with one statement for each kind.
 * A look-up is only ever answered by a statement sent after it was asked: what was ended before is never seen open.
 */
export class LookUp<Row> {
  readonly #lookUps: LookUps;
  readonly #statements: ReadonlyMap<number, string>;

  constructor(
    database: Database,
    /** The SELECT that reads the rows of a list of keys, given as the inside of `IN (…)`. */
    statementOf: (list: string) => string,
    readonly keyOf: (row: Row) => string,
    private readonly departure: Departure = 'soon',
  ) {
    this.#lookUps = departure === 'at-once' ? lookUpsOf(database, Infinity) : database.lookUps;
    this.#statements = new Map(SIZES.map((size) => [size, statementOf(Array(size).fill('?').join(', '))]));
  }

  /** The rows of the key. @throws what a statement of its trip throws. */
  find(key: string): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const sought = { lookUp: this, key, resolve, reject } as Sought<unknown>;
      if (this.departure === 'in-company') this.#lookUps.join(sought);
      else this.#lookUps.add(sought);
    });
  }

  /** What is asked of the database about up to `size` keys, one of {@link SIZES}. */
  question(keys: readonly string[], size: number): Question {
    const values = Array.from({ length: size }, (_, index) => keys[index] ?? keys[0]!);
    return { sql: this.#statements.get(size)!, values };
  }
}

/** Gathers look-ups into trips, at most so many of them on their way at a time. */
export function lookUpsOf(database: Database, lanes: number): LookUps {
  return new Gathering<Sought<unknown>>(lanes, MOST, (batch) => answer(database, batch));
}

async function answer(database: Database, batch: Sought<unknown>[]): Promise<() => void> {
  try {
    const asked = questionsOf(batch);
    const answers = await database.readTogether(asked);
    const found = asked.map(({ kind }, index) => grouped(answers[index]!, kind[0]!.lookUp.keyOf));
    return () => asked.forEach(({ kind }, index) => handOut(kind, found[index]!));
  } catch (error) {
    return () => batch.forEach((one) => one.reject(error));
  }
}

/** In lists of one size and in one order, whatever came first: the fewer texts there are, the fewer are prepared. */
function questionsOf(batch: Sought<unknown>[]) {
  const kinds = [...grouped(batch, (one) => one.lookUp).values()];
  const size = SIZES.find((one) => kinds.every((kind) => kind.length <= one))!;
  const keysOf = (kind: Sought<unknown>[]) => kind.map((one) => one.key);
  const asked = kinds.map((kind) => ({ kind, ...kind[0]!.lookUp.question(keysOf(kind), size) }));
  return asked.sort((one, other) => (one.sql < other.sql ? -1 : 1));
}

function handOut(kind: Sought<unknown>[], found: Map<string, unknown[]>): void {
  for (const one of kind) one.resolve(found.get(one.key) ?? []);
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
