import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, EntityManager } from 'typeorm';
import { asAppError, retried, recordRetry } from './database/database-errors';
import { asTransaction } from './sqlite/embedded.data-source';

/** TypeORM rolls back only after an error. */
const ROLLED_BACK = new Error('rolled back');

/** Runs work in transactions. */
@Injectable()
export class Transactions {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction: commits when it resolves, rolls back when it throws. Runs `work` again after a
   * deadlock or a lost Galera certification. So `work` must only run statements, all through `tx`; the embedded engine
   * has one connection and throws on use of the outer one.
   *
   * Lock rows in one order: single-use rows before their owner (`docs/guide/develop.md`, Traps). Transactions that
   * lock the same rows in opposite orders deadlock.
   *
   * @throws AppError `service.busy` when the database does not answer
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

  /** As {@link run}; also rolls back when `work` resolves to `undefined`, since another caller came first. */
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

/** Callbacks of each open transaction that run after its commit. */
const actsOf = new WeakMap<EntityManager, (() => void)[]>();

/** Has {@link afterCommit} collect the callbacks of `tx` in `acts`. */
export function collectActs(tx: EntityManager, acts: (() => void)[]): void {
  actsOf.set(tx, acts);
}

/**
 * Runs `act` once `tx` is committed; without a transaction, immediately. Never runs it after a rollback, and only once
 * when the transaction was retried. `act` must not throw.
 */
export function afterCommit(tx: EntityManager | undefined, act: () => void): void {
  const acts = tx && actsOf.get(tx);
  if (acts) acts.push(act);
  else act();
}
