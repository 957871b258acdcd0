import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '@portillon/kernel';
import { createConnection } from 'mysql2/promise';
import type { Pool } from 'mysql2';
import { DataSource, DataSourceOptions, MixedList, MigrationInterface } from 'typeorm';
import { asAppError } from './database-error';
import { SafeLibsql } from './safe-libsql';
import { serialise } from './serial-runner';

type Constructor<T = object> = new (...args: never[]) => T;

/** What one lib brings to the database: its tables as entities, and the migrations that make them. */
export interface PersistencePart {
  entities: Constructor[];
  migrations: (new () => MigrationInterface)[];
}

export interface PersistenceOptions {
  /** `mysql://user:pass@host:3306/db`, or a file path, `sqlite:path` or `:memory:` for the embedded engine. */
  url: string;
  parts: PersistencePart[];
  /** Connections kept open to MySQL or MariaDB; 10 unless told. */
  poolSize?: number;
}

const CONNECT_TIMEOUT_MS = 3_000;
/** On one connection. The driver reserves room for them all at once: its own 16,000 take half a megabyte of each. */
const MOST_PREPARED = 512;
const MIGRATIONS_TABLE = 'schemaMigration';

/** Opens the database that `url` names. @throws AppError `service.busy` when it does not answer. */
export async function openDataSource(options: PersistenceOptions): Promise<DataSource> {
  try {
    return await (isServerUrl(options.url) ? openServer(options) : openEmbedded(options));
  } catch (error) {
    throw asAppError(error);
  }
}

/** Whether `url` names a MySQL or MariaDB server; every other text is a file of the embedded engine. */
export function isServerUrl(url: string): boolean {
  return /^(mysql|mariadb):\/\//.test(url);
}

async function openServer(options: PersistenceOptions): Promise<DataSource> {
  const url = options.url.replace(/^mariadb:/, 'mysql:');
  const { connectionLimit, maxIdle, enableKeepAlive, maxPreparedStatements, ...connection } = poolOptions(
    options.poolSize,
  );
  const source = new DataSource({
    ...schema(options),
    ...connection,
    type: await serverType(url),
    url,
    poolSize: connectionLimit,
    extra: { maxIdle, enableKeepAlive, maxPreparedStatements },
  });
  await source.initialize();
  readCommitted((source.driver as unknown as { pool: Pool }).pool);
  return source;
}

/** How every connection to a server is opened: by the object mapper and beside it. */
export function poolOptions(poolSize = 10) {
  return {
    charset: 'utf8mb4',
    timezone: 'Z' as const,
    supportBigNumbers: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionLimit: poolSize,
    maxIdle: poolSize,
    enableKeepAlive: true,
    maxPreparedStatements: MOST_PREPARED,
  };
}

/** TypeORM must know which of the two it talks to, or it sees drift where there is none. */
async function serverType(url: string): Promise<'mariadb' | 'mysql'> {
  const connection = await createConnection({ uri: url, connectTimeout: CONNECT_TIMEOUT_MS });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return /mariadb/i.test((rows as { version: string }[])[0]!.version) ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

/** The default, REPEATABLE READ, takes gap locks: unrelated sign-ins would deadlock on neighbouring keys. */
function readCommitted(pool: Pool): void {
  const statement = 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED';
  pool.on('connection', (connection) => connection.query(statement));
  pool.query(statement);
}

async function openEmbedded(options: PersistenceOptions): Promise<DataSource> {
  const database = options.url.replace(/^sqlite:(\/\/)?/, '');
  if (database !== ':memory:') await mkdir(dirname(database), { recursive: true });
  const source = new DataSource({
    ...schema(options),
    type: 'better-sqlite3',
    driver: await SafeLibsql.load(),
    database,
    enableWAL: database !== ':memory:',
    // A committed code or session must survive a power cut, in WAL mode too.
    prepareDatabase: (connection: SafeLibsql) => connection.pragma('synchronous = FULL'),
  } as DataSourceOptions);
  return serialise(source).initialize().catch(refuseFile);
}

/** SQLite's own words name the file, and some of its failures have no code. */
function refuseFile(cause: unknown): never {
  throw new AppError('service.busy', 'busy', { detail: 'the embedded database cannot be opened', cause });
}

function schema(options: PersistenceOptions) {
  return {
    entities: options.parts.flatMap((part) => part.entities) as MixedList<never>,
    migrations: options.parts.flatMap((part) => part.migrations) as MixedList<never>,
    migrationsTableName: MIGRATIONS_TABLE,
    migrationsTransactionMode: 'each' as const,
    synchronize: false,
    logging: false,
  };
}
