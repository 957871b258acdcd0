import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { collectActs } from './after-commit';
import { asAppError, retried } from './database/database-errors';
import { recordRetry } from './database/database-retries';
import { asTransaction } from './sqlite/serial-query-runner';

/** TypeORM rolls back for an error alone. */
const ROLLED_BACK = new Error('rolled back');

/** Work that is committed together or not at all. */
@Injectable()
export class Transactions {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. A deadlock or a lost Galera
   * certification runs `work` again, so `work` does nothing but statements, and all of them through `tx`: the embedded
   * engine has one connection and refuses the outer one with an error.
   *
   * Rows are locked in one order, what is used up once before its owner (`docs/guide/develop.md`, Traps): two transactions
   * that lock the same rows the other way round meet in a deadlock.
   *
   * @throws AppError `service.busy` when the database does not answer.
   */
  async run<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    try {
      return await retried(
        () => this.#once(work),
        () => recordRetry(this.dataSource),
      );
    } catch (error) {
      throw asAppError(error);
    }
  }

  /** As {@link run}, and rolled back too when `work` resolves to `undefined`: another caller came first. */
  async runOrRollBack<Result>(
    work: (tx: EntityManager) => Promise<Result | undefined>,
  ): Promise<Result | undefined> {
    try {
      return await this.run(async (tx) => {
        const result = await work(tx);
        if (result === undefined) throw ROLLED_BACK;
        return result;
      });
    } catch (error) {
      if (error === ROLLED_BACK) return undefined;
      throw error;
    }
  }

  async #once<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    const acts: (() => void)[] = [];
    const result = await this.dataSource.transaction((tx) => {
      collectActs(tx, acts);
      return asTransaction(() => work(tx));
    });
    for (const act of acts) act();
    return result;
  }
}
