import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AppError } from '@portillon/kernel';
import { DataSource } from 'typeorm';
import { asAppError } from './database-errors';

/** Whether the database can serve. */
@Injectable()
export class DatabaseHealthService {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** @throws AppError `service.busy` when the database does not answer, or takes no writes: another has its role now. */
  async check(): Promise<void> {
    if (this.dataSource.options.type === 'better-sqlite3') return void (await this.#ask('SELECT 1'));
    const [row] = await this.#ask('SELECT @@read_only AS readOnly');
    if (Number(row?.['readOnly']) !== 0)
      throw new AppError('service.busy', { detail: 'the database is read-only' });
  }

  /** The time of the server, by its own clock. Nothing on the embedded engine: it has none but this machine's. */
  async time(): Promise<Date | undefined> {
    if (this.dataSource.options.type === 'better-sqlite3') return undefined;
    const [row] = await this.#ask('SELECT UTC_TIMESTAMP(3) AS utc');
    return row?.['utc'] as Date | undefined;
  }

  async #ask(statement: string): Promise<Record<string, unknown>[]> {
    try {
      return await this.dataSource.query(statement);
    } catch (error) {
      throw asAppError(error);
    }
  }
}
