import { Injectable } from '@nestjs/common';
import { Clock, DAY, Random, shift } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidChanges } from './account-fields.policy';
import { PendingEmailRepository } from './pending-email.repository';

/** As long as the reader of the old address has to object. */
const WAIT_MS = DAY;

/** An address that an administrator wants for an account, before it takes effect. */
export interface PendingEmail {
  id: string;
  accountId: string;
  email: string;
  /** The account of the administrator who asked. */
  requestedBy: string;
  requestedAt: Date;
  /** Then it takes effect, unless another administrator confirms it before. */
  effectiveAt: Date;
}

/**
 * Changes of mail address that an administrator asked for and that wait: one for an account. A change of the address, the
 * roles or the structure voids it, in the transaction of that change: `AccountService`, `AccountAdministrationService`.
 */
@Injectable()
export class PendingEmailService {
  constructor(
    private readonly rows: PendingEmailRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Takes the place of the one before, and waits anew. The account's row is locked by the caller.
   * @throws AppError `validation.failed` when the address cannot be kept.
   */
  async request(
    wish: Pick<PendingEmail, 'accountId' | 'email' | 'requestedBy'>,
    tx: EntityManager,
  ): Promise<PendingEmail> {
    requireValidChanges({ email: wish.email });
    const requestedAt = this.clock.now();
    const effectiveAt = shift(requestedAt, WAIT_MS);
    const pending = { ...wish, id: this.random.id(), requestedAt, effectiveAt };
    await this.rows.deleteOf(wish.accountId, tx);
    await this.rows.insert(pending, tx);
    return pending;
  }

  async find(accountId: string): Promise<PendingEmail | undefined> {
    return (await this.rows.findOf(accountId)) ?? undefined;
  }

  /** Those whose time has come, at most `batch`. */
  due(batch: number): Promise<PendingEmail[]> {
    return this.rows.due(this.clock.now(), Math.trunc(batch));
  }

  /** Whether it still waited: of all who cancel it, one does. */
  cancel(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.delete(id, tx);
  }
}
