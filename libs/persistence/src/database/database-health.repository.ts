import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { nodeSql } from '../mysql/cluster-node';
import { isEmbedded } from '../persistence.options';
import { asAppError, fullRefusals } from './database-errors';

/** What decides whether an acknowledged commit lasts. */
export interface Durability {
  /** The redo log is on the disk before a commit is acknowledged. */
  flushesEachCommit: boolean;
  /** The binary log is too, or there is none. Without it, recovery rolls back commits that the log lacks. */
  syncsBinaryLog: boolean;
  /** Each node of the cluster takes writes. */
  hasSeveralWriters: boolean;
  /** After a failover of Group Replication, the new primary may answer from before the last commits. */
  readsOldPrimary: boolean;
  /** Of a Galera cluster, arbitrators included. */
  nodes?: number;
  hasQuorum?: boolean;
}

const VARIABLES = [
  'innodb_flush_log_at_trx_commit',
  'log_bin',
  'sync_binlog',
  'wsrep_on',
  'group_replication_group_name',
  'group_replication_single_primary_mode',
  'group_replication_consistency',
];
const STATUSES = ['wsrep_cluster_size', 'wsrep_cluster_status'];

/**
 * Reads state from the server. Raw SQL: there is no table to query. The embedded engine is always writable and uses
 * our clock.
 */
@Injectable()
export class DatabaseHealthRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws AppError `service.busy` when the database does not answer */
  async isReadOnly(): Promise<boolean> {
    const row = await this.#ask(
      isEmbedded(this.dataSource.manager) ? 'SELECT 0 AS answer' : 'SELECT @@read_only AS answer',
    );
    return Number(row?.answer) !== 0;
  }

  /** Returns the server's time; nothing on the embedded engine. */
  async time(): Promise<Date | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    return (await this.#ask('SELECT UTC_TIMESTAMP(3) AS answer'))?.answer as Date | undefined;
  }

  /** Returns the server's version text; nothing on the embedded engine. */
  async version(): Promise<string | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    return (await this.#ask('SELECT VERSION() AS answer'))?.answer as string | undefined;
  }

  /** Returns the prepared statements of all clients and the server's limit; nothing on the embedded engine. */
  async preparedStatements(): Promise<{ open: number; limit: number } | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    const open = await this.#ask<{ Value: string }>("SHOW GLOBAL STATUS LIKE 'Prepared_stmt_count'");
    const limit = await this.#ask('SELECT @@max_prepared_stmt_count AS answer');
    return { open: Number(open?.Value), limit: Number(limit?.answer) };
  }

  /** Returns the settings and the state that decide whether a commit lasts; nothing on the embedded engine. */
  async durability(): Promise<Durability | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    const shown = await this.#shown('VARIABLES', VARIABLES);
    const isGalera = shown['wsrep_on'] === 'ON';
    const isGroup = Boolean(shown['group_replication_group_name']);
    const status = isGalera ? await this.#shown('STATUS', STATUSES) : {};
    return {
      flushesEachCommit: shown['innodb_flush_log_at_trx_commit'] === '1',
      syncsBinaryLog: shown['log_bin'] === 'OFF' || shown['sync_binlog'] === '1',
      hasSeveralWriters: isGalera || (isGroup && shown['group_replication_single_primary_mode'] === 'OFF'),
      readsOldPrimary: isGroup && shown['group_replication_consistency'] === 'EVENTUAL',
      ...(isGalera && {
        nodes: Number(status['wsrep_cluster_size']),
        hasQuorum: status['wsrep_cluster_status'] === 'Primary',
      }),
    };
  }

  /** Returns the node that answers this process. */
  async node(): Promise<string> {
    return String((await this.#ask(`SELECT ${nodeSql(this.dataSource)} AS answer`))?.answer);
  }

  /** Returns host and end of the certificate that the server presents to us; nothing without TLS. */
  async certificate(): Promise<{ subject: string; validTo: Date } | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    const row = await this.#ask<{ Value: string }>("SHOW SESSION STATUS LIKE 'Ssl_server_not_after'");
    if (!row?.Value) return undefined;
    const { host, port } = this.dataSource.options as { host?: string; port?: number };
    return { subject: `${host}:${port}`, validTo: new Date(row.Value) };
  }

  /** Number of this process's statements that failed because the disk was full. */
  fullRefusals(): number {
    return fullRefusals(this.dataSource);
  }

  async #shown(kind: 'VARIABLES' | 'STATUS', names: string[]): Promise<Record<string, string>> {
    const list = names.map((name) => `'${name}'`).join(', ');
    const rows = await this.#all<{ Variable_name: string; Value: string }>(
      `SHOW GLOBAL ${kind} WHERE Variable_name IN (${list})`,
    );
    return Object.fromEntries(rows.map((row) => [row.Variable_name, row.Value]));
  }

  async #ask<Row = { answer: unknown }>(statement: string): Promise<Row | undefined> {
    return (await this.#all<Row>(statement))[0];
  }

  async #all<Row>(statement: string): Promise<Row[]> {
    try {
      return await this.dataSource.query<Row[]>(statement);
    } catch (error) {
      throw asAppError(error);
    }
  }
}
