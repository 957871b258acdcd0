import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { asAppError } from './database-errors';
import { fullRefusals } from './full-storage';
import { isEmbedded } from './is-embedded';

/** What a server says of itself. Raw: there is no table to ask. The embedded engine always takes writes, by our own clock. */
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

  /** The time of the server; nothing on the embedded engine. */
  async time(): Promise<Date | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    return (await this.#ask('SELECT UTC_TIMESTAMP(3) AS answer'))?.answer as Date | undefined;
  }

  /** How many statements of this process it had no room for. */
  fullRefusals(): number {
    return fullRefusals(this.dataSource);
  }

  async #ask(statement: string): Promise<{ answer: unknown } | undefined> {
    try {
      const [row] = await this.dataSource.query<{ answer: unknown }[]>(statement);
      return row;
    } catch (error) {
      throw asAppError(error);
    }
  }
}
