import { HOUR, isCalendarDay } from '@portillon/kernel';
import type { AccountDraft } from '../account/account.types';

/** Kinds of changes that take effect after a delay; `management` by a decision alone. */
export const PENDING_CHANGE_KINDS = ['email', 'identity', 'roles', 'erasure', 'management'] as const;
export type PendingChangeKind = (typeof PENDING_CHANGE_KINDS)[number];

/** A change that an administrator requested, before it takes effect. */
export interface PendingChange {
  id: string;
  accountId: string;
  kind: PendingChangeKind;
  /**
   * The mail address, the national id, the roles as words, the date and reason of an erasure request, or the structure
   * that is to manage the account.
   */
  value: string;
  /** Account of the administrator, or the application. */
  requestedBy: string;
  requestedAt: Date;
  /** When it takes effect, unless another administrator confirms it before; `management`: when it lapses. */
  effectiveAt: Date;
}

/** `moved`: it waits no longer, or the account has changed. `taken`: another account has the national id. */
export type PendingChangeResult = 'applied' | 'moved' | 'taken';

type ChangedField = Partial<Pick<AccountDraft, 'email' | 'nationalId' | 'roles'>>;

/** Fields of the account that the change writes by themselves. An erasure writes all of them. */
export function changesOf({ kind, value }: Pick<PendingChange, 'kind' | 'value'>): ChangedField {
  if (kind === 'erasure' || kind === 'management') return {};
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
