import { AppError } from '@portillon/kernel';

const UNIQUE = new Set<unknown>(['ER_DUP_ENTRY', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);
const RETRIABLE = new Set<unknown>(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);
const UNAVAILABLE = new Set<unknown>([
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
  'ER_CONNECTION_KILLED',
  'ER_NORMAL_SHUTDOWN',
  'ER_UNKNOWN_COM_ERROR',
  'WSREP_NOT_READY',
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
]);
const RETRY_AFTER_SECONDS = 5;

function codeOf(error: unknown): string | undefined {
  const { code, driverError } = error as { code?: string; driverError?: { code?: string } };
  return driverError?.code ?? code;
}

/** Whether a row with the same unique key was there already. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE.has(codeOf(error));
}

/** Whether the same transaction may succeed when run again: a deadlock, a lost Galera certification. */
export function isRetriable(error: unknown): boolean {
  return RETRIABLE.has(codeOf(error));
}

/** Turns "the database does not answer" into `service.busy` (503); leaves every other error as it is. */
export function asAppError(error: unknown): unknown {
  const code = codeOf(error);
  const closed =
    error instanceof Error && /connection is in closed state|Pool is closed/i.test(error.message);
  if (!UNAVAILABLE.has(code) && !closed) return error;
  return new AppError('service.busy', 'busy', {
    detail: `database unavailable: ${code ?? 'closed connection'}`,
    cause: error,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

/** Rather than a connection that broke: then nobody knows what the server did. */
export function isServersAnswer(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'sqlState' in error && !('fatal' in error && error.fatal)
  );
}
