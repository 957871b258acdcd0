import { Logger } from '@nestjs/common';
import { Connection, createConnection } from 'mysql2/promise';
import type { ConnectionOptions, Pool, SslOptions } from 'mysql2';
import { DataSource } from 'typeorm';
import type { DatabaseTls, PersistenceOptions } from '../persistence.options';
import { prepareStatements, START_MS } from './prepared-query-runner';

type ServerType = 'mariadb' | 'mysql';
/** Parts of the pool that the driver's types leave out. */
type ServerPool = Pool & {
  config: {
    connectionLimit: number;
    connectionConfig: Pick<ConnectionOptions, 'host' | 'port' | 'user' | 'password' | 'database'> & {
      ssl?: SslOptions;
      connectTimeout: number;
    };
  };
  _allConnections: { length: number };
  _freeConnections: { length: number };
  _connectionQueue: { length: number };
};

const CONNECT_TIMEOUT_MS = 3_000;
const POOL_SIZE = 10;
/**
 * Maximum number of prepared statements of a connection; the least recently used one is closed. A server keeps 16,382
 * for all clients (`max_prepared_stmt_count`): enough for 163 connections.
 */
export const MOST_PREPARED = 100;
/** Below the client's time limit (4 s), so that the server rolls back before the caller gets its answer. */
const LOCK_WAIT_SECONDS = 3;
const STATEMENT_SECONDS = 3.5;
/** MySQL has a time limit, in milliseconds, only for SELECT. */
const TIME_LIMIT: Readonly<Record<ServerType, string>> = {
  mariadb: `SET SESSION max_statement_time = ${STATEMENT_SECONDS}`,
  mysql: `SET SESSION max_execution_time = ${STATEMENT_SECONDS * 1_000}`,
};

/** Opens a pool of connections to MySQL or MariaDB, and its first connection. */
export async function openServer(options: PersistenceOptions, schema: object): Promise<DataSource> {
  const { poolSize = POOL_SIZE, readOnly = false } = options;
  // A request opens the replica, so the short limit applies.
  const connectTimeout = readOnly ? CONNECT_TIMEOUT_MS : START_MS;
  const connection = { ...connectionOf(options), connectTimeout };
  const type = await announced(connection, serverType(connection));
  const { user, ...rest } = connection;
  const source = new DataSource({
    ...schema,
    ...rest,
    type,
    username: user,
    poolSize,
    timezone: 'Z',
    charset: 'utf8mb4',
    extra: { maxIdle: poolSize, enableKeepAlive: true, maxPreparedStatements: MOST_PREPARED },
  });
  await announced(connection, prepareStatements(source).initialize());
  poolOf(source).config.connectionConfig.connectTimeout = CONNECT_TIMEOUT_MS;
  await setUpSessions(poolOf(source), type, readOnly);
  return source;
}

/** Sets the authorities (`ca`, PEM) for new connections of the pool, if it verifies certificates. */
export function renewAuthorities(source: DataSource, ca: string): void {
  const { ssl } = poolOf(source).config.connectionConfig;
  if (ssl?.rejectUnauthorized) ssl.ca = ca;
}

/** Connections of the pool: in use, idle, the maximum, and the number of waiting callers. */
export function poolUse(source: DataSource): Record<'busy' | 'idle' | 'limit' | 'waiting', number> {
  const { config, _allConnections, _freeConnections, _connectionQueue } = poolOf(source);
  const idle = _freeConnections.length;
  const busy = _allConnections.length - idle;
  return { busy, idle, limit: config.connectionLimit, waiting: _connectionQueue.length };
}

/** Opens a connection that is not the pool's, with the authorities of the pool. */
export function openBeside(source: DataSource): Promise<Connection> {
  const { host, port, user, password, database, ssl } = poolOf(source).config.connectionConfig;
  const server = { host, port, user, password, database, ...(ssl && { ssl }) };
  return createConnection({ ...server, connectTimeout: CONNECT_TIMEOUT_MS, timezone: 'Z' });
}

function poolOf({ driver }: DataSource): ServerPool {
  return (driver as unknown as { pool: ServerPool }).pool;
}

/** Options of the connections. The URL is read here, since TypeORM drops parameters that it does not know. */
function connectionOf({ url, tls }: PersistenceOptions) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    // A URL has brackets around an IPv6 address; the resolver expects none.
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
    ...(tls && tls.mode !== 'off' && { ssl: encryptionOf(tls) }),
  };
}

function encryptionOf({ mode, ca }: DatabaseTls) {
  if (mode === 'required') return { rejectUnauthorized: false };
  return { rejectUnauthorized: true, verifyIdentity: true, ...(ca && { ca }) };
}

/** Logs the reason for the wait, when a start takes longer than a request would wait. */
async function announced<Opened>(
  { host, port }: ConnectionOptions,
  opening: Promise<Opened>,
): Promise<Opened> {
  const sayIt = () => new Logger('Database').warn(`waiting for the database at ${host}:${port}`);
  const late = setTimeout(sayIt, CONNECT_TIMEOUT_MS);
  return opening.finally(() => clearTimeout(late));
}

/** TypeORM must know the type of the server, or it reports false drift. */
async function serverType(options: ConnectionOptions): Promise<ServerType> {
  const connection = await createConnection(options);
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return /mariadb/i.test((rows as { version: string }[])[0]!.version) ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

/**
 * Settings of every connection. READ COMMITTED: the default, REPEATABLE READ, takes gap locks, and unrelated sign-ins
 * would deadlock on neighbouring keys. Strict mode: a value that does not fit is an error, not truncated.
 */
async function setUpSessions(pool: Pool, type: ServerType, readOnly: boolean): Promise<void> {
  const statements = [
    'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'",
    `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
    TIME_LIMIT[type],
    ...(readOnly ? ['SET SESSION TRANSACTION READ ONLY'] : []),
  ];
  pool.on('connection', (connection) => statements.forEach((statement) => connection.query(statement)));
  // The connection that TypeORM has opened already.
  for (const statement of statements) await pool.promise().query(statement);
}
