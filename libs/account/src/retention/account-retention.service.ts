import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds, later } from '@portillon/kernel';
import { EntityManager, IsNull } from 'typeorm';
import type { AccountEntity } from '../account/account.entity';
import { INACTIVITY_OPTIONS, RETENTION_OPTIONS } from '../account.options';
import type { InactivityOptions, RetentionOptions } from '../account.options';
import { AccountRepository } from '../account/account.repository';
import { AccountRetentionRepository } from './account-retention.repository';
import type { ErasureGround } from '../account/account.types';

/** Next step for an unused account. */
export type InactivityStep = { act: 'warn'; blockedAt: Date } | { act: 'block' } | { act: 'wait' };

/** An account that is due for a check. */
export interface InactiveAccount {
  accountId: string;
  step: InactivityStep;
  /** State that {@link AccountRetentionService.applyStep} expects to be unchanged. */
  seen: Seen;
  next: { stage: number; dueAt: Date; closedAt?: Date };
}

interface Seen {
  dueAt: Date | null;
  lastSignedInAt: Date | null;
}

export const FIRST_WARNING_MS = 30 * DAY;
export const LAST_WARNING_MS = 7 * DAY;

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
 * How long accounts are kept. Holders of unused accounts are warned 30 and 7 days before, then blocked; each account has
 * its own check date, so that a sign-in writes nothing here. Holders of accounts that have been closed for long are
 * notified 30 days before the erasure; the announced date is kept even when the option changes. An account that is opened
 * again has none.
 */
@Injectable()
export class AccountRetentionService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly rows: AccountRetentionRepository,
    private readonly clock: Clock,
    @Inject(INACTIVITY_OPTIONS) private readonly inactivity: InactivityOptions,
    @Inject(RETENTION_OPTIONS) private readonly retention: RetentionOptions,
  ) {}

  /** Accounts that are due for a check, at most `batch`; those never checked first. */
  async findUnchecked(batch: number): Promise<InactiveAccount[]> {
    const now = this.clock.now();
    return (await this.rows.findUnchecked(now, Math.trunc(batch))).map((row) => this.#checked(row, now));
  }

  /**
   * Records the step, and closes the account if that is the step. Returns false when another instance did, or the
   * person came back.
   */
  applyStep({ accountId, step, seen, next }: InactiveAccount, tx: EntityManager): Promise<boolean> {
    const unchanged = {
      absenceDueAt: seen.dueAt ?? IsNull(),
      lastSignedInAt: seen.lastSignedInAt ?? IsNull(),
    };
    const { closedAt } = next;
    const looked = { absenceStage: next.stage, absenceDueAt: next.dueAt, ...(closedAt && { closedAt }) };
    if (step.act !== 'block') return this.accounts.record(accountId, unchanged, looked, tx);
    const closed = { ...looked, status: 'DEACTIVATED', erasureDueAt: null } as const;
    return this.accounts.change(accountId, { ...unchanged, status: 'ACTIVE' }, closed, tx);
  }

  /** Time for which a closed account is kept, milliseconds. */
  get keptMs(): number {
    return this.retention.closedKeptMs;
  }

  /** Accounts whose holder must be notified now, at most `batch`, the longest closed first. */
  async findUnnotified(batch: number): Promise<ClosedAccount[]> {
    const now = this.clock.now();
    const noticeFrom = this.retention.closedKeptMs - NOTICE_MS;
    const rows = await this.rows.findUnnotified(addMilliseconds(now, -noticeFrom), Math.trunc(batch));
    return rows.map(({ id, closedAt }) => ({
      accountId: id,
      closedAt: closedAt!,
      erasedAt: later(
        addMilliseconds(closedAt!, this.retention.closedKeptMs),
        addMilliseconds(now, NOTICE_MS),
      ),
    }));
  }

  /** Sets the date of erasure. Returns false when another instance did, or the account was reopened. */
  setErasure(closed: ClosedAccount, tx: EntityManager): Promise<boolean> {
    return this.rows.setErasure(closed.accountId, closed.closedAt, closed.erasedAt, tx);
  }

  /** Accounts whose date of erasure has come, at most `batch`. */
  async findOverdue(batch: number): Promise<OverdueAccount[]> {
    const rows = await this.rows.findOverdue(this.clock.now(), Math.trunc(batch));
    return rows.map(({ id, erasureDueAt }) => ({
      accountId: id,
      ground: { is: 'kept-long-enough', erasureDueAt: erasureDueAt! },
    }));
  }

  #checked(row: AccountEntity, now: Date): InactiveAccount {
    const seen = { dueAt: row.absenceDueAt, lastSignedInAt: row.lastSignedInAt };
    return { accountId: row.id, seen, ...this.#step(row, now) };
  }

  /** Blocks no account without two warnings: a reopened account gets the whole 30 days again. */
  #step(row: AccountEntity, now: Date): Pick<InactiveAccount, 'step' | 'next'> {
    const used =
      row.lastSignedInAt && row.lastSignedInAt > row.createdAt ? row.lastSignedInAt : row.createdAt;
    const quietUntil = addMilliseconds(used, this.inactivity.blockedAfterMs - FIRST_WARNING_MS);
    if (row.status !== 'ACTIVE')
      return waiting(addMilliseconds(now, FIRST_WARNING_MS), unnotedClosure(row, now));
    if (quietUntil > now) return waiting(quietUntil);
    if (row.absenceStage === 1)
      return warning(2, addMilliseconds(now, LAST_WARNING_MS), addMilliseconds(now, LAST_WARNING_MS));
    if (row.absenceStage === 2)
      return { step: { act: 'block' }, next: { stage: 0, dueAt: addMilliseconds(now, DAY), closedAt: now } };
    const blockedAt = addMilliseconds(now, FIRST_WARNING_MS);
    return warning(1, blockedAt, addMilliseconds(blockedAt, -LAST_WARNING_MS));
  }
}

function waiting(dueAt: Date, closedAt?: Date): Pick<InactiveAccount, 'step' | 'next'> {
  return { step: { act: 'wait' }, next: { stage: 0, dueAt, ...(closedAt && { closedAt }) } };
}

/** Closed before closing times were recorded: its time begins at the first check. */
function unnotedClosure({ status, closedAt, email }: AccountEntity, now: Date): Date | undefined {
  return status === 'DEACTIVATED' && closedAt === null && email !== '' ? now : undefined;
}

function warning(stage: number, blockedAt: Date, dueAt: Date): Pick<InactiveAccount, 'step' | 'next'> {
  return { step: { act: 'warn', blockedAt }, next: { stage, dueAt } };
}
