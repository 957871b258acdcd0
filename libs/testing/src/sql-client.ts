import type { FoundSchema } from '@portillon/persistence';
import { createPool, Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

type Row = Record<string, unknown>;

/** Result of a statement: rows, or the number of changed rows. */
interface Outcome {
  records?: Row[];
  affected?: number;
}

/** A connection to one of the two engines. */
interface SqlConnection {
  ask(sql: string, values: readonly unknown[]): Promise<Outcome>;
  close(): Promise<void>;
}

/** The database of a server under test, by SQL, since black-box tests know none of its classes. */
export class SqlClient {
  private constructor(
    private readonly url: string,
    private readonly connection: SqlConnection,
  ) {}

  static async open(url: string): Promise<SqlClient> {
    return new SqlClient(url, isServerUrl(url) ? openPool(url) : await openFile(url));
  }

  async rows<Expected>(sql: string, values: readonly unknown[] = []): Promise<Expected[]> {
    const { records = [] } = await this.connection.ask(sql, values);
    return records.map(withDates) as Expected[];
  }

  async row<Expected>(sql: string, values?: readonly unknown[]): Promise<Expected | undefined> {
    return (await this.rows<Expected>(sql, values))[0];
  }

  /** Runs a statement. Returns the number of changed rows. */
  async execute(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.connection.ask(sql, values)).affected ?? 0;
  }

  // The imports below load Nest and TypeORM, which would cost each spec file on MariaDB a second.

  /** Columns and indexes of the database. */
  async schema(): Promise<FoundSchema> {
    const { openDataSource, SchemaRepository } = await import('@portillon/persistence');
    const source = await openDataSource({ url: this.url, parts: [] });
    return new SchemaRepository(source).found().finally(() => source.destroy());
  }

  /** Returns what a program for `schema` would miss in the current tables. */
  async lostSince(schema: FoundSchema): Promise<string[]> {
    const { schemaFaults } = await import('@portillon/persistence');
    return schemaFaults(schema, await this.schema());
  }

  close(): Promise<void> {
    return this.connection.close();
  }
}

function isServerUrl(url: string): boolean {
  return /^(mysql|mariadb):\/\//.test(url);
}

function openPool(url: string): SqlConnection {
  const pool: Pool = createPool({ uri: url, connectionLimit: 20, timezone: 'Z', supportBigNumbers: true });
  return {
    async ask(sql, values) {
      // A prepared statement cannot do everything, such as creating a table.
      const [found] = values.length
        ? await pool.execute<RowDataPacket[] | ResultSetHeader>(sql, [...values] as never[])
        : await pool.query<RowDataPacket[] | ResultSetHeader>(sql);
      return Array.isArray(found) ? { records: found } : { affected: found.affectedRows };
    },
    close: () => pool.end(),
  };
}

/** Opens the embedded engine with the adapter that keeps its library from ending the process. */
async function openFile(url: string): Promise<SqlConnection> {
  const { openDataSource } = await import('@portillon/persistence');
  const source = await openDataSource({ url, parts: [] });
  return {
    async ask(sql, values) {
      const runner = source.createQueryRunner();
      try {
        return (await runner.query(sql, [...values], true)) as Outcome;
      } finally {
        await runner.release();
      }
    },
    close: () => source.destroy(),
  };
}

/** SQLite has no type for times: their columns end in `At`. */
function withDates(row: Row): Row {
  const times = Object.entries(row).flatMap(([key, value]) =>
    key.endsWith('At') && typeof value === 'string' ? [[key, new Date(`${value.replace(' ', 'T')}Z`)]] : [],
  );
  return { ...row, ...Object.fromEntries(times) };
}
