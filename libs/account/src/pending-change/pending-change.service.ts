import { Injectable } from '@nestjs/common';
import { Clock, DAY, Random, addMilliseconds, HOUR, isCalendarDay } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { requireValidChanges } from '../account/account-fields.policy';
import type { AccountDraft } from '../account/account.types';
import { PendingChangeRepository } from './pending-change.repository';

/** Kinds of changes that take effect after a delay. */
export const PENDING_CHANGE_KINDS = ['email', 'identity', 'roles', 'erasure'] as const;
export type PendingChangeKind = (typeof PENDING_CHANGE_KINDS)[number];

/** A change that an administrator requested, before it takes effect. */
export interface PendingChange {
  id: string;
  accountId: string;
  kind: PendingChangeKind;
  /** The mail address, the national id, the roles as words, or the date and reason of an erasure request. */
  value: string;
  /** Account of the administrator, or the application. */
  requestedBy: string;
  requestedAt: Date;
  /** When it takes effect, unless another administrator confirms it before. */
  effectiveAt: Date;
}

/** `moved`: it waits no longer, or the account has changed. `taken`: another account has the national id. */
export type PendingChangeResult = 'applied' | 'moved' | 'taken';

type ChangedField = Partial<Pick<AccountDraft, 'email' | 'nationalId' | 'roles'>>;

/** Fields of the account that the change writes; an erasure writes all of them. */
export function changesOf({ kind, value }: Pick<PendingChange, 'kind' | 'value'>): ChangedField {
  if (kind === 'erasure') return {};
  if (kind === 'email') return { email: value };
  return kind === 'identity' ? { nationalId: value } : { roles: value.split(' ') };
}

/** A request for erasure that an administrator received by letter, by mail or at the desk. */
export interface ErasureRequest {
  /** Date of receipt, such as `2026-11-20`: an answer is due within a month (GDPR, article 12). */
  receivedOn: string;
  reason: string;
}

const DAY_LENGTH = 10;
/** Start of the GDPR (article 99): no request is older. */
const FIRST_DAY = '2018-05-25';

/** The request as the value of a pending change. */
export function toErasureValue({ receivedOn, reason }: ErasureRequest): string {
  return `${receivedOn} ${reason}`;
}

export function erasureRequestOf(value: string): ErasureRequest {
  return { receivedOn: value.slice(0, DAY_LENGTH), reason: value.slice(DAY_LENGTH + 1) };
}

/** Whether a request may have come on this day: a date that has begun somewhere in France. */
export function isPastDay(day: string, now: Date): boolean {
  // Wallis and Futuna is twelve hours ahead of UTC.
  return isCalendarDay(day) && day >= FIRST_DAY && Date.parse(day) <= now.getTime() + 12 * HOUR;
}

/** Time for the account holder to object. */
export const WAIT_MS = DAY;

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
    const effectiveAt = addMilliseconds(requestedAt, WAIT_MS);
    const pending = { ...wish, id: this.random.id(), requestedAt, effectiveAt };
    await this.rows.deleteOf(wish.accountId, tx, wish.kind);
    await this.rows.insert(pending, tx);
    return pending;
  }

  /** Pending changes of the account. */
  list(accountId: string): Promise<PendingChange[]> {
    return this.rows.findOf(accountId);
  }

  async find(accountId: string, kind: PendingChangeKind): Promise<PendingChange | undefined> {
    return (await this.list(accountId)).find((one) => one.kind === kind);
  }

  /** Changes whose time has come, at most `batch`. */
  due(batch: number): Promise<PendingChange[]> {
    return this.rows.due(this.clock.now(), Math.trunc(batch));
  }

  /** Cancels a change. Returns whether it still waited: `true` for one concurrent caller. */
  cancel(id: string, tx: EntityManager): Promise<boolean> {
    return this.rows.delete(id, tx);
  }
}
