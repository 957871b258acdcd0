import { Injectable } from '@nestjs/common';
import { Clock, DAY, Random, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidChanges } from '../account/account-fields.policy';
import { PendingChangeRepository } from './pending-change.repository';
import { PendingChangeKind, PendingChange, changesOf } from './pending-change.types';

/** Time for the account holder to object. */
export const WAIT_MS = DAY;
/** Time for the structure that is to manage the account to agree. */
export const AGREE_MS = 30 * DAY;

/**
 * Changes that an administrator requested and that wait: one of each kind for an account. A change of the address, the
 * identity, the roles or the structure voids all of them in its transaction: see `AccountService` and
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
   * Requests a change; it replaces one of the same kind and starts the wait again. The caller has locked the account's
   * row.
   *
   * @throws AppError `validation.failed` for an invalid value
   */
  async request(
    wish: Pick<PendingChange, 'accountId' | 'kind' | 'value' | 'requestedBy'>,
    tx: EntityManager,
  ): Promise<PendingChange> {
    requireValidChanges(changesOf(wish));
    const requestedAt = this.clock.now();
    const effectiveAt = addMilliseconds(requestedAt, wish.kind === 'management' ? AGREE_MS : WAIT_MS);
    const pending = { ...wish, id: this.random.id(), requestedAt, effectiveAt };
    await this.rows.deleteByAccount(wish.accountId, tx, wish.kind);
    await this.rows.insert(pending, tx);
    return pending;
  }

  /** Pending changes of the account. */
  list(accountId: string): Promise<PendingChange[]> {
    return this.rows.findByAccount(accountId);
  }

  async find(accountId: string, kind: PendingChangeKind): Promise<PendingChange | undefined> {
    return (await this.list(accountId)).find((one) => one.kind === kind);
  }

  /** Changes whose time has come, at most `batch`. */
  due(batch: number): Promise<PendingChange[]> {
    return this.rows.findDue(this.clock.now(), Math.trunc(batch));
  }

  /** Cancels a change. Returns whether it still waited: `true` for one concurrent caller. */
  cancel(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.delete(id, tx);
  }
}
