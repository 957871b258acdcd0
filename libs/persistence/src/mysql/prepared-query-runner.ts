import { AppError } from '@portillon/kernel';
import type { PoolConnection } from 'mysql2';
import { DataSource, QueryResult } from 'typeorm';
import { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver';
import { MysqlQueryRunner } from 'typeorm/driver/mysql/MysqlQueryRunner';
import type { ReplicationMode } from 'typeorm/driver/types/ReplicationMode';
import {
  asAppError,
  failedStatement,
  isReadOnly,
  isRetriable,
  retried,
  recordRetry,
  recordFailure,
} from '../database/database-errors';
import { tracedStatement } from '../traced-statement';
import { requireNode } from './cluster-node';

/** Time limit of a statement or a connection. */
const ANSWER_MS = 4_000;
/** The same at start: on a busy machine loading the modules takes longer than a request may. */
export const START_MS = 30_000;

/**
 * Sends statements with values as prepared ones, so that text and values stay apart; TypeORM would write the values
 * into the text. After the time limit it drops the statement with its connection. It turns errors of an unavailable
 * database into `service.busy`.
 */
class PreparedQueryRunner extends MysqlQueryRunner {
  override connect(): Promise<PoolConnection> {
    this.databaseConnectionPromise ??= this.#takeConnection();
    return this.databaseConnectionPromise as Promise<PoolConnection>;
  }

  override async query<Result>(sql: string, values: unknown[] = [], structured = false): Promise<Result> {
    const { type } = this.dataSource.options;
    const [padded, bound] = padLists(sql, values);
    const once = () =>
      tracedStatement(type, sql, async () => answer(await this.connect(), padded, bound, this.#patienceMs));
    try {
      const raw = await (this.isTransactionActive
        ? once()
        : retried(once, () => recordRetry(this.dataSource)));
      return (structured ? resultOf(raw) : raw) as Result;
    } catch (error) {
      if (error instanceof AppError) throw error;
      recordFailure(this.dataSource, error);
      // The whole transaction is retried.
      const failure = this.isTransactionActive && isRetriable(error) ? error : asAppError(error);
      throw failure === error ? failedStatement(sql, error) : failure;
    }
  }

  /** The process is starting until the data source is initialised. */
  get #patienceMs(): number {
    return this.dataSource.isInitialized ? ANSWER_MS : START_MS;
  }

  async #takeConnection(): Promise<PoolConnection> {
    const taken = this.driver.obtainMasterConnection() as Promise<PoolConnection>;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, this.#patienceMs)));
    const connection = await Promise.race([taken, late]).finally(() => clearTimeout(timer));
    if (connection) {
      await requireNode(this.dataSource, connection);
      return (this.databaseConnection = connection);
    }
    taken.then((one) => one.release()).catch(() => undefined);
    throw unanswered();
  }
}

/** Has `dataSource`, of MySQL or MariaDB and not yet initialised, use prepared statements. */
export function prepareStatements(dataSource: DataSource): DataSource {
  const driver = dataSource.driver as MysqlDriver;
  driver.createQueryRunner = (mode: ReplicationMode) => new PreparedQueryRunner(driver, mode);
  return dataSource;
}

/**
 * Pads each list to the next power of two with its last value. Each length is a separate prepared statement, and the
 * server keeps a limited number of those for all its connections.
 */
function padLists(sql: string, values: unknown[]): [sql: string, values: unknown[]] {
  if (!sql.includes('IN (?, ')) return [sql, values];
  const bound: unknown[] = [];
  let next = 0;
  const padded = sql.replace(/\bIN \(\?(?:, \?)+\)|\?/g, (marks) => {
    const own = values.slice(next, (next += marks.split('?').length - 1));
    const length = 2 ** Math.ceil(Math.log2(own.length));
    bound.push(...own, ...Array<unknown>(length - own.length).fill(own.at(-1)));
    return marks === '?' ? marks : `IN (${Array(length).fill('?').join(', ')})`;
  });
  // A question mark inside a string literal is not a placeholder.
  return next === values.length ? [padded, bound] : [sql, values];
}

function answer(
  connection: PoolConnection,
  sql: string,
  values: unknown[],
  patienceMs: number,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // The server may still run the statement, so the connection is not used again.
    const giveUp = () => {
      connection.destroy();
      reject(unanswered());
    };
    const patience = isUnbounded(sql, values) ? undefined : setTimeout(giveUp, patienceMs);
    const done = (error: Error | null, result: unknown) => {
      clearTimeout(patience);
      if (!error) return resolve(result);
      // The pool opens a new connection, which may reach the server that has taken over.
      if (isReadOnly(error)) connection.destroy();
      reject(error);
    };
    if (values.length === 0) connection.query(sql, done);
    else connection.execute(sql, values as never[], done);
  });
}

/** Whether a statement has no time limit: migrations alter tables of any size. They have no values, like BEGIN and COMMIT. */
function isUnbounded(sql: string, values: unknown[]): boolean {
  return values.length === 0 && !/^(start transaction|commit|rollback|select)\b/i.test(sql);
}

function resultOf(raw: unknown): QueryResult {
  const result = new QueryResult();
  result.raw = raw;
  if (Array.isArray(raw)) result.records = raw;
  else result.affected = (raw as { affectedRows?: number }).affectedRows;
  return result;
}

function unanswered(): Error {
  return Object.assign(new Error('The database did not answer in time'), {
    code: 'PROTOCOL_SEQUENCE_TIMEOUT',
  });
}
