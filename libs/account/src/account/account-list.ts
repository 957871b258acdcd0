import { tableNameOf } from '@portillon/persistence';
import { SelectQueryBuilder } from 'typeorm';
import type { ObjectLiteral } from 'typeorm';
import { fromCursor, toCursor, unknownCursor } from '@portillon/kernel';
import type { Account } from './account.types';
import { PendingChangeEntity } from '../pending-change/pending-change.repository';
import { AccountEntity } from './account.entity';
import { identityDueSince } from '../identity/identity.policy';

/** A file is read in such pages: each one selects the members of a structure again. */
export const LARGEST_ACCOUNT_PAGE = 1_000;

/** A page of a list of accounts. */
export interface AccountPage {
  items: Account[];
  nextCursor: string | null;
}

export interface AccountPageRequest {
  /** `nextCursor` of the previous page. */
  cursor?: string;
  /** 1 to {@link LARGEST_ACCOUNT_PAGE}; other values are limited to this range. */
  limit: number;
  /** People with an open membership in one of these structures only. */
  structureIds?: readonly string[];
  /**
   * The structures, one at least, whose accounts are searched, sorted and filtered by all that is known of them; members
   * whom another one manages, by name and state alone. Default: every structure.
   */
  managedIn?: readonly string[];
  status?: Account['status'];
  only?: AccountSelection;
  /** These accounts only. */
  among?: readonly string[];
  /** Default: by display name. */
  sort?: AccountSort;
}

/** Orders of a list of accounts; `-` reverses. */
export const ACCOUNT_SORTS = [
  'displayName',
  '-displayName',
  'status',
  '-status',
  'lastSignedInAt',
  '-lastSignedInAt',
  'createdAt',
  '-createdAt',
] as const;
export type AccountSort = (typeof ACCOUNT_SORTS)[number];

/** Filters of an administrator's list, for any status and structure. */
export const ACCOUNT_SELECTIONS = [
  'NEVER_SIGNED_IN',
  'NO_STRONG_MEANS',
  'ERASURE_REQUESTED',
  'ERASURE_DUE',
  'INVITATION_EXPIRED',
  'EMERGENCY_ACCESS',
  'CHANGE_PENDING',
  'REPORTED',
  'HAS_PASSWORD',
  'KEPT_OUT_BY_RULE',
  'ONLY_BY_CARD',
  'IDENTITY_UNVERIFIED',
  'IDENTITY_DUE',
  'UNKNOWN_TO_DIRECTORY',
] as const;
export type AccountSelection = (typeof ACCOUNT_SELECTIONS)[number];

/** During an emergency access the password admits the person, whatever the structure's rule. */
const NO_EMERGENCY =
  "(account.emergencyUntilAt IS NULL OR account.emergencyUntilAt <= :now OR account.emergencyMeans <> 'password')";

/** SQL on the alias `account` with the parameters `now` and `identityDueSince`; contains no text of the caller. */
const SELECTED: Record<AccountSelection, string> = {
  NEVER_SIGNED_IN: "account.status = 'ACTIVE' AND account.lastSignedInAt IS NULL",
  // A closed account needs no means, and an erased one has none.
  NO_STRONG_MEANS: "account.status <> 'DEACTIVATED' AND account.nationalId IS NULL",
  // An erased account keeps the time of the request, but no address. The condition is separate: MariaDB would expect
  // many matches and walk the order of the list for a page of few.
  get ERASURE_REQUESTED() {
    return `account.id IN (SELECT asked.id FROM ${tableNameOf(AccountEntity)} asked
      WHERE asked.erasureRequestedAt IS NOT NULL AND asked.email <> '')`;
  },
  get ERASURE_DUE() {
    return `account.id IN (SELECT due.id FROM ${tableNameOf(AccountEntity)} due WHERE due.erasureDueAt IS NOT NULL)`;
  },
  INVITATION_EXPIRED: "account.status = 'INVITED' AND account.invitedUntilAt <= :now",
  EMERGENCY_ACCESS: 'account.emergencyUntilAt > :now',
  get CHANGE_PENDING() {
    return `account.id IN (SELECT waiting.accountId FROM ${tableNameOf(PendingChangeEntity)} waiting)`;
  },
  REPORTED: 'account.reportedEventAt IS NOT NULL',
  // Accounts that a password may admit; the policy of signing in decides.
  HAS_PASSWORD: "account.status = 'ACTIVE' AND account.passwordDigest IS NOT NULL",
  // Accounts of structures whose rule refuses password and code; the caller passes them as `structureIds`.
  KEPT_OUT_BY_RULE: `account.status = 'ACTIVE' AND account.nationalId IS NULL AND ${NO_EMERGENCY}`,
  ONLY_BY_CARD: `account.status = 'ACTIVE' AND account.nationalId IS NOT NULL AND ${NO_EMERGENCY}`,
  // A closed account needs no verification.
  IDENTITY_UNVERIFIED: "account.status <> 'DEACTIVATED' AND account.identityVerifiedAt IS NULL",
  IDENTITY_DUE: "account.status <> 'DEACTIVATED' AND account.identityVerifiedAt <= :identityDueSince",
  UNKNOWN_TO_DIRECTORY: "account.status <> 'DEACTIVATED' AND account.directoryState = 'not-found'",
};

export type AccountNarrowing = Pick<AccountPageRequest, 'only'>;

/** Restricts a query with the alias `account` to an administrator's filters. */
export function narrow<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  { only }: AccountNarrowing,
  now: Date,
): void {
  if (only) query.andWhere(SELECTED[only], { now, identityDueSince: identityDueSince(now) });
}

/**
 * Restricts a query to accounts that these structures manage; `column`: its column of managing structures. Of those with a
 * change that waits, also to the accounts that these structures are to receive.
 */
export function inManagedBy<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  column: string,
  managedIn: readonly string[],
  only?: AccountSelection,
): void {
  const received = `account.id IN (SELECT offered.accountId FROM ${tableNameOf(PendingChangeEntity)} offered
    WHERE offered.kind = 'management' AND offered.value IN (:...managedIn))`;
  const managed = `${column} IN (:...managedIn)`;
  query.andWhere(only === 'CHANGE_PENDING' ? `(${managed} OR ${received})` : managed, { managedIn });
}

/** Whether a filter or an order shows what is not shown of a person whom another structure manages. */
export function showsMore({
  only,
  among,
  sort,
}: Pick<AccountPageRequest, 'only' | 'among' | 'sort'>): boolean {
  const byTime = TIMES.some((column) => sort?.endsWith(column));
  return byTime || among !== undefined || (only !== undefined && only !== 'HAS_PASSWORD');
}

type Column = 'displayNameKey' | 'status' | 'lastSignedInAt' | 'createdAt' | 'id';
type Value = string | Date | null;
/** Values of the last account of a page in the columns of its order. */
export type AccountPlace = Partial<Record<Column, Value>>;

interface AccountOrder {
  /** The most significant column first; the id last, so that every position is unique. */
  columns: Column[];
  descending: boolean;
}

const COLUMNS = {
  displayName: ['displayNameKey', 'id'],
  status: ['status', 'displayNameKey', 'id'],
  lastSignedInAt: ['lastSignedInAt', 'id'],
  createdAt: ['createdAt', 'id'],
} satisfies Record<string, Column[]>;
const TIMES: readonly Column[] = ['lastSignedInAt', 'createdAt'];
/** Both engines sort null first. */
const NULLABLE: readonly Column[] = ['lastSignedInAt'];

/** Sorts the accounts of a query, and starts after `place`. */
export function inOrder(
  query: SelectQueryBuilder<AccountEntity>,
  sort: AccountSort,
  place?: AccountPlace,
): SelectQueryBuilder<AccountEntity> {
  const { columns, descending } = orderOf(sort);
  for (const column of columns) query.addOrderBy(`account.${column}`, descending ? 'DESC' : 'ASC');
  if (!place) return query;
  const values = new Map(columns.map((column) => [`after_${column}`, place[column]]));
  return query.andWhere(`(${after(columns, place, descending)})`, Object.fromEntries(values));
}

/** Cursor of the page after this account; it is not valid in another order. */
export function cursorAfter(account: AccountEntity, sort: AccountSort): string {
  const values = orderOf(sort).columns.map((column) => account[column]);
  return toCursor(
    sort,
    ...values.map((value) => (value instanceof Date ? value.toISOString() : (value ?? ''))),
  );
}

/** Decodes a cursor. @throws AppError `validation.failed` for a cursor of another order */
export function orderPlaceOf(cursor: string, sort: AccountSort): AccountPlace {
  const { columns } = orderOf(sort);
  const [order, ...values] = fromCursor(cursor, 1 + columns.length);
  if (order !== sort) throw unknownCursor();
  return Object.fromEntries(columns.map((column, index) => [column, valueOf(column, values[index]!)]));
}

function orderOf(sort: AccountSort): AccountOrder {
  return {
    columns: COLUMNS[sort.replace('-', '') as keyof typeof COLUMNS],
    descending: sort.startsWith('-'),
  };
}

function valueOf(column: Column, text: string): Value {
  if (!TIMES.includes(column)) return text;
  if (text === '' && NULLABLE.includes(column)) return null;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw unknownCursor();
  return time;
}

/** The first comparison is implied by the rest: it lets every engine walk the index. */
function after([column, ...rest]: Column[], place: AccountPlace, descending: boolean): string {
  const [name, value] = [`account.${column}`, `:after_${column}`];
  const further = descending ? '<' : '>';
  if (rest.length === 0) return `${name} ${further} ${value}`;
  const within = after(rest, place, descending);
  if (place[column!] === null)
    return descending
      ? `${name} IS NULL AND (${within})`
      : `(${name} IS NULL AND (${within})) OR ${name} IS NOT NULL`;
  const beyond = `${name} ${further}= ${value} AND (${name} ${further} ${value} OR (${within}))`;
  return descending && NULLABLE.includes(column!) ? `(${beyond}) OR ${name} IS NULL` : beyond;
}
