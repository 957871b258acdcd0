import { Database, Statements } from '@portillon/persistence';

/** The same database, with a count of the statements outside transactions and a way to be away. */
export class CountingDatabase extends Database {
  readonly statements: string[] = [];
  /** Whether statements fail, as they do when the server is gone. */
  away = false;

  constructor(private readonly database: Database) {
    super();
  }

  override get dialect() {
    return this.database.dialect;
  }

  override rows<Row>(...given: Parameters<Statements['rows']>): Promise<Row[]> {
    return this.#count(given[0], () => this.database.rows<Row>(...given));
  }

  override row<Row>(...given: Parameters<Statements['row']>): Promise<Row | undefined> {
    return this.#count(given[0], () => this.database.row<Row>(...given));
  }

  override execute(...given: Parameters<Statements['execute']>): Promise<number> {
    return this.#count(given[0], () => this.database.execute(...given));
  }

  override claim(...given: Parameters<Statements['claim']>): Promise<number> {
    return this.#count(given[0], () => this.database.claim(...given));
  }

  override get gathered(): Statements {
    return this;
  }

  override transaction<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    return this.database.transaction(work);
  }

  override inOneTrip<Result extends object>(
    work: (tx: Statements) => Promise<Result>,
    options?: { shared?: boolean },
  ): Promise<Result | undefined> {
    return this.database.inOneTrip(work, options);
  }

  override ping(): Promise<void> {
    return this.database.ping();
  }

  async #count<Result>(sql: string, run: () => Promise<Result>): Promise<Result> {
    if (this.away) throw new Error('the database is away');
    this.statements.push(sql);
    return run();
  }
}
