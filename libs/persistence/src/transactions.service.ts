import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { asAppError, retried } from './database-errors';
import { asTransaction } from './sqlite/serial-query-runner';

/** Work that is committed together or not at all. */
@Injectable()
export class Transactions {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws. A deadlock or a lost Galera
   * certification runs `work` again, so `work` does nothing but statements, and all of them through `tx`: the embedded
   * engine has one connection and refuses the outer one with an error.
   *
   * @throws AppError `service.busy` when the database does not answer.
   */
  async run<Result>(work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    const once = () => this.dataSource.transaction((tx) => asTransaction(() => work(tx)));
    try {
      return await retried(once);
    } catch (error) {
      throw asAppError(error);
    }
  }
}
