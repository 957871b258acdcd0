import { AppError } from '@portillon/kernel';
import { setTimeout as pause } from 'node:timers/promises';
import { QueryFailedError } from 'typeorm';
import type { DataSource } from 'typeorm';
import { tableOf } from '../traced-statement';

const UNIQUE = new Set<unknown>(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
const RETRIABLE = new Set<unknown>(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);
/** A read-only server: another one has taken over its role. */
const READ_ONLY = new Set<unknown>([
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_READ_ONLY_MODE',
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
]);
const UNAVAILABLE = new Set<unknown>([
  ...READ_ONLY,
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'POOL_ENQUEUELIMIT',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_NORMAL_SHUTDOWN',
  'ER_UNKNOWN_COM_ERROR',
  'WSREP_NOT_READY',
  // The node lost its quorum during the commit.
  'ER_ERROR_DURING_COMMIT',
  'SQLITE_BUSY',
  'SQLITE_IOERR',
]);
/**
 * Statements that the server gave up, by number, since the driver has no names for MariaDB's own: a statement took too
 * long, was killed, or could not be prepared because `max_prepared_stmt_count` was reached.
 */
const GIVEN_UP = new Set<unknown>([1317, 1461, 1927, 1969, 3024]);
/** No space for a row, for a temporary file, or on the disk. */
const FULL = new Set<unknown>([1021, 1026, 1114, 'SQLITE_FULL']);
const RETRY_AFTER_SECONDS = 5;
const TRIES = 6;
const FIRST_PAUSE_MS = 5;

interface DriverError extends Error {
  code?: string;
  errno?: number;
}

function driverErrorOf(error: unknown): DriverError {
  return (error as { driverError?: DriverError }).driverError ?? (error as DriverError);
}

function codeOf(error: unknown): string | undefined {
  return driverErrorOf(error).code;
}

/** Whether a row with the same unique key exists already. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE.has(codeOf(error));
}

/** Whether a retry of the transaction may succeed: after a deadlock, or a lost Galera certification. */
export function isRetriable(error: unknown): boolean {
  return RETRIABLE.has(codeOf(error));
}

/**
 * Turns errors of a database that does not answer or is overloaded into `service.busy` (503). Returns every other
 * error unchanged.
 */
export function asAppError(error: unknown): unknown {
  const { code, errno } = driverErrorOf(error);
  const closed =
    error instanceof Error && /connection is in closed state|Pool is closed/i.test(error.message);
  const passing = UNAVAILABLE.has(code) || isRetriable(error) || GIVEN_UP.has(errno) || isFull(error);
  if (!passing && !closed) return error;
  return new AppError('service.busy', {
    detail: `database unavailable: ${[code ?? 'closed connection', errno].filter(Boolean).join(' ')}`,
    cause: driverErrorOf(error),
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/**
 * Returns the error to throw and log for a failed statement: its text, its table and the code only. Its values, which
 * servers write into their messages, are personal data.
 */
export function failedStatement(sql: string, error: unknown): QueryFailedError {
  const failure = driverErrorOf(error);
  const { code, errno } = failure;
  const message = messageOf(failure, tableOf(sql));
  const bare = code === undefined ? failure : Object.assign(new Error(message), { code, errno });
  return new QueryFailedError(sql, undefined, bare);
}

function messageOf({ code, message }: DriverError, table: string | undefined): string | undefined {
  if (!table) return code;
  if (code === 'ER_NO_SUCH_TABLE' || (code === 'SQLITE_ERROR' && message.includes('no such table')))
    return `${code}: there is no table ${table}. Await MigratorService.migrate() before the application takes requests.`;
  if (code === 'ER_TABLE_EXISTS_ERROR' || (code === 'SQLITE_ERROR' && message.includes('already exists')))
    return `${code}: there is a table ${table} already, of another application or of another list of migrations. Put a prefix before these tables (prefixed of @portillon/persistence), or give them a separate database.`;
  return `${code} on table ${table}`;
}

/** Whether the server has no space left for the data. */
function isFull(error: unknown): boolean {
  const { code, errno } = driverErrorOf(error);
  return FULL.has(errno) || FULL.has(code);
}

/** Whether the server is read-only: its connections are useless now. */
export function isReadOnly(error: unknown): boolean {
  return READ_ONLY.has(codeOf(error));
}

/**
 * Runs `unit` again after a deadlock or a lost certification, which leave nothing behind. Calls `onRetry` before each
 * retry.
 */
export async function retried<Result>(unit: () => Promise<Result>, onRetry: () => void): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await unit();
    } catch (error) {
      if (!isRetriable(error) || attempt === TRIES) throw error;
      onRetry();
      await pause(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }
}

/** Number of writes that failed for lack of space, by database. */
const refusals = new WeakMap<DataSource, number>();

/** Counts `error` if it reports a full storage. */
export function recordFailure(source: DataSource, error: unknown): void {
  if (isFull(error)) refusals.set(source, fullRefusals(source) + 1);
}

/** Number of this process's statements that failed because the database of `source` was full. */
export function fullRefusals(source: DataSource): number {
  return refusals.get(source) ?? 0;
}

/** Number of retries by database, after a deadlock or a lost Galera certification. */
const retries = new WeakMap<DataSource, number>();

export function recordRetry(source: DataSource): void {
  retries.set(source, retriesOf(source) + 1);
}

/** Number of retries since this process started. */
export function retriesOf(source: DataSource): number {
  return retries.get(source) ?? 0;
}
