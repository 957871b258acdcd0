import { FoundSchema, openDataSource, schemaFaults, SchemaRepository } from '@portillon/persistence';
import { DataSource, QueryResult } from 'typeorm';

/** The database of a server under test: by SQL, since a test outside of it knows none of its classes. */
export class SqlClient {
  private constructor(private readonly dataSource: DataSource) {}

  static async open(url: string): Promise<SqlClient> {
    return new SqlClient(await openDataSource({ url, parts: [], poolSize: 20 }));
  }

  async rows<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return ((await this.#ask(sql, values)).records as Record<string, unknown>[]).map(withDates) as Row[];
  }

  async row<Row>(sql: string, values?: readonly unknown[]): Promise<Row | undefined> {
    return (await this.rows<Row>(sql, values))[0];
  }

  /** How many rows it changed. */
  async execute(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.#ask(sql, values)).affected ?? 0;
  }

  /** Its columns and indexes. */
  schema(): Promise<FoundSchema> {
    return new SchemaRepository(this.dataSource).found();
  }

  /** What who works with the tables of `schema` would miss in these. */
  async lostSince(schema: FoundSchema): Promise<string[]> {
    return schemaFaults(schema, await this.schema());
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }

  async #ask(sql: string, values: readonly unknown[]): Promise<QueryResult> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await runner.query(sql, [...values], true);
    } finally {
      await runner.release();
    }
  }
}

/** SQLite has no type of times: the names of their columns end in `At`. */
function withDates(row: Record<string, unknown>): Record<string, unknown> {
  const times = Object.entries(row).flatMap(([key, value]) =>
    key.endsWith('At') && typeof value === 'string' ? [[key, new Date(`${value.replace(' ', 'T')}Z`)]] : [],
  );
  return { ...row, ...Object.fromEntries(times) };
}
