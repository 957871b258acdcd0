import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { EntityManager, IsNull } from 'typeorm';
import type { AccountEntity } from './account/account.entity';
import { INACTIVITY_OPTIONS } from './account.options';
import type { InactivityOptions } from './account.options';
import { AccountRepository } from './account/account.repository';

/** Next step for an unused account. */
export type InactivityStep = { act: 'warn'; blockedAt: Date } | { act: 'block' } | { act: 'wait' };

/** An account that is due for a check. */
export interface InactiveAccount {
  accountId: string;
  step: InactivityStep;
  /** State that {@link InactiveAccountService.applyStep} expects to be unchanged. */
  seen: Seen;
  next: { stage: number; dueAt: Date; closedAt?: Date };
}

interface Seen {
  dueAt: Date | null;
  lastSignedInAt: Date | null;
}

export const FIRST_WARNING_MS = 30 * DAY;
export const LAST_WARNING_MS = 7 * DAY;

/**
 * Unused accounts: their holders are warned 30 and 7 days before, then blocked. Each account has its own check date,
 * so that a sign-in writes nothing here.
 */
@Injectable()
export class InactiveAccountService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly clock: Clock,
    @Inject(INACTIVITY_OPTIONS) private readonly options: InactivityOptions,
  ) {}

  /** Accounts that are due for a check, at most `batch`; those never checked first. */
  async due(batch: number): Promise<InactiveAccount[]> {
    const now = this.clock.now();
    return (await this.rows.absenceDue(now, Math.trunc(batch))).map((row) => this.#judge(row, now));
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
    if (step.act !== 'block') return this.rows.note(accountId, unchanged, looked, tx);
    const closed = { ...looked, status: 'DEACTIVATED', erasureDueAt: null } as const;
    return this.rows.change(accountId, { ...unchanged, status: 'ACTIVE' }, closed, tx);
  }

  #judge(row: AccountEntity, now: Date): InactiveAccount {
    const seen = { dueAt: row.absenceDueAt, lastSignedInAt: row.lastSignedInAt };
    return { accountId: row.id, seen, ...this.#step(row, now) };
  }

  /** Blocks no account without two warnings: a reopened account gets the whole 30 days again. */
  #step(row: AccountEntity, now: Date): Pick<InactiveAccount, 'step' | 'next'> {
    const used =
      row.lastSignedInAt && row.lastSignedInAt > row.createdAt ? row.lastSignedInAt : row.createdAt;
    const quietUntil = addMilliseconds(used, this.options.blockedAfterMs - FIRST_WARNING_MS);
    if (row.status !== 'ACTIVE')
      return later(addMilliseconds(now, FIRST_WARNING_MS), unnotedClosure(row, now));
    if (quietUntil > now) return later(quietUntil);
    if (row.absenceStage === 1)
      return warning(2, addMilliseconds(now, LAST_WARNING_MS), addMilliseconds(now, LAST_WARNING_MS));
    if (row.absenceStage === 2)
      return { step: { act: 'block' }, next: { stage: 0, dueAt: addMilliseconds(now, DAY), closedAt: now } };
    const blockedAt = addMilliseconds(now, FIRST_WARNING_MS);
    return warning(1, blockedAt, addMilliseconds(blockedAt, -LAST_WARNING_MS));
  }
}

function later(dueAt: Date, closedAt?: Date): Pick<InactiveAccount, 'step' | 'next'> {
  return { step: { act: 'wait' }, next: { stage: 0, dueAt, ...(closedAt && { closedAt }) } };
}

/** Closed before closing times were recorded: its time begins at the first check. */
function unnotedClosure({ status, closedAt, email }: AccountEntity, now: Date): Date | undefined {
  return status === 'DEACTIVATED' && closedAt === null && email !== '' ? now : undefined;
}

function warning(stage: number, blockedAt: Date, dueAt: Date): Pick<InactiveAccount, 'step' | 'next'> {
  return { step: { act: 'warn', blockedAt }, next: { stage, dueAt } };
}
