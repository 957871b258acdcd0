import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { dialectOf, rawSql, SqlValue } from './sql';
import { Transactions } from './transactions.service';

/** Statements written as SQL, for what has no repository yet. */
@Injectable()
export class Database {
  readonly #transactions: Transactions;

  constructor(@InjectDataSource() readonly dataSource: DataSource) {
    this.#transactions = new Transactions(dataSource);
  }

  get manager(): EntityManager {
    return this.dataSource.manager;
  }

  get dialect() {
    return dialectOf(this.manager);
  }

  rows<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return rawSql(this.manager).rows<Row>(text, values);
  }

  row<Row>(text: string, values?: readonly SqlValue[]): Promise<Row | undefined> {
    return rawSql(this.manager).row<Row>(text, values);
  }

  execute(text: string, values?: readonly SqlValue[]): Promise<number> {
    return rawSql(this.manager).execute(text, values);
  }

  transaction<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return this.#transactions.run(work);
  }

  /** @throws AppError `service.busy` when the database does not answer, or lets nothing be written. */
  async ping(): Promise<void> {
    await this.rows('SELECT 1 AS one');
  }

  close(): Promise<void> {
    return this.dataSource.destroy();
  }
}
