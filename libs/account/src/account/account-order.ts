import { fromCursor, toCursor, unknownCursor } from '@portillon/kernel';
import { SelectQueryBuilder } from 'typeorm';
import type { AccountSort } from './account-sort.constants';
import type { AccountEntity } from './account.entity';

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
export function placeOf(cursor: string, sort: AccountSort): AccountPlace {
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
