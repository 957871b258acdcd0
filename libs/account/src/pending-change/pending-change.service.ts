import { Injectable } from '@nestjs/common';
import { Clock, DAY, Random, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidChanges } from '../account/account-fields.policy';
import { changesOf } from './pending-change.columns';
import { PendingChangeRepository } from './pending-change.repository';
import type { PendingChange, PendingChangeKind } from './pending-change.types';

/** As long as the person has to object. */
export const WAIT_MS = DAY;

/**
 * Changes that an administrator asked for and that wait: one of a kind for an account. A change of the address, the
 * identity, the roles or the structure voids all of them, in the transaction of that change: `AccountService`,
 * `AccountAdministrationService`.
 */
@Injectable()
export class PendingChangeService {
  constructor(
    private readonly rows: PendingChangeRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Takes the place of the one of its kind before, and waits anew. The account's row is locked by the caller.
   * @throws AppError `validation.failed` when the value cannot be kept.
   */
  async request(
    wish: Pick<PendingChange, 'accountId' | 'kind' | 'value' | 'requestedBy'>,
    tx: EntityManager,
  ): Promise<PendingChange> {
    requireValidChanges(changesOf(wish));
    const requestedAt = this.clock.now();
    const effectiveAt = addMilliseconds(requestedAt, WAIT_MS);
    const pending = { ...wish, id: this.random.id(), requestedAt, effectiveAt };
    await this.rows.deleteOf(wish.accountId, tx, wish.kind);
    await this.rows.insert(pending, tx);
    return pending;
  }

  /** All that waits for the account. */
  list(accountId: string): Promise<PendingChange[]> {
    return this.rows.findOf(accountId);
  }

  async find(accountId: string, kind: PendingChangeKind): Promise<PendingChange | undefined> {
    return (await this.list(accountId)).find((one) => one.kind === kind);
  }

  /** Those whose time has come, at most `batch`. */
  due(batch: number): Promise<PendingChange[]> {
    return this.rows.due(this.clock.now(), Math.trunc(batch));
  }

  /** Whether it still waited: of all who cancel it, one does. */
  cancel(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.delete(id, tx);
  }
}
