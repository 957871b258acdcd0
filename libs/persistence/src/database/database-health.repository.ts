import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isEmbedded } from '../persistence.options';
import { asAppError, fullRefusals } from './database-errors';

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

  async #ask<Row = { answer: unknown }>(statement: string): Promise<Row | undefined> {
    try {
      const [row] = await this.dataSource.query<Row[]>(statement);
      return row;
    } catch (error) {
      throw asAppError(error);
    }
  }
}
