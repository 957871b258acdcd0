import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { RETENTION_OPTIONS } from './account.options';
import type { RetentionOptions } from './account.options';
import { ClosedAccountRepository } from './account/closed-account.repository';
import type { ErasureGround } from './administration/erasure.types';

/** A closed account whose holder must be notified of its erasure. */
export interface ClosedAccount {
  accountId: string;
  closedAt: Date;
  /** The erasure date that the notice gives. */
  erasedAt: Date;
}

/** A closed account whose date of erasure has come. */
export interface OverdueAccount {
  accountId: string;
  /** For `AccountAdministrationService.erase`: the account is still closed, with the same date. */
  ground: ErasureGround;
}

/** Time between the notice and the erasure. */
export const NOTICE_MS = 30 * DAY;

/**
 * Accounts that have been closed for long: the holder is notified 30 days before the erasure. The announced date is
 * kept even when the option changes. An account that is opened again has none.
 */
@Injectable()
export class ClosedAccountService {
  constructor(
    private readonly rows: ClosedAccountRepository,
    private readonly clock: Clock,
    @Inject(RETENTION_OPTIONS) private readonly options: RetentionOptions,
  ) {}

  /** Time for which a closed account is kept, milliseconds. */
  get keptMs(): number {
    return this.options.closedKeptMs;
  }

  /** Accounts whose holder must be notified now, at most `batch`, the longest closed first. */
  async unnotified(batch: number): Promise<ClosedAccount[]> {
    const now = this.clock.now();
    const noticeFrom = this.options.closedKeptMs - NOTICE_MS;
    const rows = await this.rows.unnotified(addMilliseconds(now, -noticeFrom), Math.trunc(batch));
    return rows.map(({ id, closedAt }) => ({
      accountId: id,
      closedAt: closedAt!,
      erasedAt: later(addMilliseconds(closedAt!, this.options.closedKeptMs), addMilliseconds(now, NOTICE_MS)),
    }));
  }

  /** Sets the date of erasure. Returns false when another instance did, or the account was reopened. */
  setErasure(closed: ClosedAccount, tx: EntityManager): Promise<boolean> {
    return this.rows.setErasure(closed.accountId, closed.closedAt, closed.erasedAt, tx);
  }

  /** Accounts whose date of erasure has come, at most `batch`. */
  async overdue(batch: number): Promise<OverdueAccount[]> {
    const rows = await this.rows.overdue(this.clock.now(), Math.trunc(batch));
    return rows.map(({ id, erasureDueAt }) => ({
      accountId: id,
      ground: { is: 'kept-long-enough', erasureDueAt: erasureDueAt! },
    }));
  }
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
