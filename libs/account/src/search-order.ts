import { rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { fromCursor, unknownCursor } from './account-page';
import { beginningWith } from './search-terms';

/** Beginnings met more often than that are not told apart: a page of both is soon full. */
const MANY = 2_000;

export interface Beginnings {
  /** Its range is walked, in the order of the index. */
  walked: string;
  /** Each is looked up for every account on the way. */
  others: string[];
}

/**
 * Which beginning to walk: the one that fewest accounts meet, so that `claire zzz` looks at nobody rather than at every
 * Claire. A page that follows another walks what that one walked, whatever the numbers are by now.
 */
export async function beginningsInOrder(
  terms: readonly string[],
  { structureId, cursor }: { structureId?: string; cursor?: string },
  at: EntityManager,
): Promise<Beginnings> {
  const walked = cursor === undefined ? await rarest(terms, structureId, at) : walkedBefore(terms, cursor);
  return { walked, others: terms.filter((term) => term !== walked) };
}

/** @throws AppError `validation.failed` when it is a cursor of another search */
function walkedBefore(terms: readonly string[], cursor: string): string {
  const [term] = fromCursor(cursor, 2);
  const walked = terms.find((one) => term!.startsWith(one));
  if (walked === undefined) throw unknownCursor();
  return walked;
}

async function rarest(
  terms: readonly string[],
  structureId: string | undefined,
  at: EntityManager,
): Promise<string> {
  if (terms.length === 1) return terms[0]!;
  const among = structureId === undefined ? '' : ' AND structureId = ?';
  const count = `(SELECT COUNT(*) FROM (SELECT 1 FROM accountTerm WHERE term >= ? AND term < ?${among} LIMIT ${MANY}) m)`;
  const values = terms.flatMap((term): SqlValue[] => [
    ...beginningWith(term),
    ...(structureId === undefined ? [] : [structureId]),
  ]);
  const columns = terms.map((_, index) => `${count} AS c${index}`).join(', ');
  const counts = Object.values(
    (await rawSql(at).row<Record<string, number>>(`SELECT ${columns}`, values))!,
  ).map(Number);
  return terms[counts.indexOf(Math.min(...counts))]!;
}
