import type { DataSource } from 'typeorm';
import type { Statements } from './database';
import { asTransaction } from './serial-runner';
import { SqliteStatements } from './sqlite-statements';

/** Transactions of the embedded engine: one at a time, on the one connection. */
export class SqliteTransactions {
  constructor(private readonly dataSource: DataSource) {}

  async run<Result>(work: (tx: Statements) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.startTransaction();
      const result = await asTransaction(() => work(new SqliteStatements(runner)));
      await runner.commitTransaction();
      return result;
    } catch (error) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  /** Its connection is the data source's, which closes it. */
  async close(): Promise<void> {}
}
