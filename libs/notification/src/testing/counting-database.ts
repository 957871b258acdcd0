import { Database, SqlValue } from '@portillon/persistence';

/** The same database, with a count of the statements outside transactions and a way to be away. */
export class CountingDatabase extends Database {
  readonly statements: string[] = [];
  /** Whether statements fail, as they do when the server is gone. */
  away = false;

  constructor(database: Database) {
    super(database.dataSource);
  }

  override rows<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#count(text, () => super.rows<Row>(text, values));
  }

  override row<Row>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined> {
    return this.#count(text, () => super.row<Row>(text, values));
  }

  override execute(text: string, values?: readonly SqlValue[]): Promise<number> {
    return this.#count(text, () => super.execute(text, values));
  }

  async #count<Result>(sql: string, run: () => Promise<Result>): Promise<Result> {
    if (this.away) throw new Error('the database is away');
    this.statements.push(sql);
    return run();
  }
}
