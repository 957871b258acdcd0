import { Injectable } from '@nestjs/common';
import { Database, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AccountPage, fromCursor, pageSize, toCursor } from './account-page';
import { ACCOUNT_SELECT, AccountRow, toAccount } from './account-row';
import type { Account } from './account.types';
import { PhoneSealService } from './phone-seal.service';
import { Beginnings, beginningsInOrder } from './search-order';
import { beginningWith, typedTerms } from './search-terms';

export interface AccountQuery {
  /** Beginnings of a name, user name, mail address or national id; an account must have all of them. */
  text: string;
  structureId?: string;
  status?: Account['status'];
  /** `nextCursor` of the page before. */
  cursor?: string;
  /** 1 to 100; what is beyond is brought back to it. */
  limit: number;
}

interface Found {
  term: string;
  accountId: string;
}

/**
 * Finds accounts as one types. Every beginning is a range of an index, walked in its order until the page is full: no
 * part of the table is read that the page does not show, however large it is.
 */
@Injectable()
export class AccountSearchRepository {
  constructor(
    private readonly database: Database,
    private readonly phones: PhoneSealService,
  ) {}

  /**
   * By the term that was met, then by account; each account once.
   * @throws AppError `validation.failed` when the cursor is none that a page gave.
   */
  async find(query: AccountQuery, at: EntityManager = this.database.manager): Promise<AccountPage> {
    const terms = typedTerms(query.text);
    if (terms.length === 0) return { items: [], nextCursor: null };
    const limit = pageSize(query.limit);
    const { sql, values } = statement(query, await beginningsInOrder(terms, query, at), limit + 1);
    const found = await rawSql(at).rows<Found>(sql, values);
    const kept = found.slice(0, limit);
    const last = found.length > limit ? kept.at(-1) : undefined;
    return {
      items: await this.#accounts(
        kept.map((one) => one.accountId),
        at,
      ),
      nextCursor: last ? toCursor(last.term, last.accountId) : null,
    };
  }

  async #accounts(ids: string[], at: EntityManager): Promise<Account[]> {
    if (ids.length === 0) return [];
    const marks = ids.map(() => '?').join(', ');
    const rows = await rawSql(at).rows<AccountRow>(`${ACCOUNT_SELECT} WHERE a.id IN (${marks})`, ids);
    const byId = new Map(rows.map((row) => [row.id, toAccount(row, this.phones)]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }
}

/** An account that meets the beginning in several ways is given at the first of them alone. */
const FIRST_MEETING = `NOT EXISTS (SELECT 1 FROM accountTerm e
  WHERE e.accountId = t.accountId AND e.term >= ? AND e.term < t.term)`;
/** With a limit, so that MariaDB looks it up for each account on the way, and gathers no table of all who meet it. */
const ALSO = `(SELECT 1 FROM accountTerm o WHERE o.accountId = t.accountId AND o.term >= ? AND o.term < ? LIMIT 1) IS NOT NULL`;

function statement(
  query: AccountQuery,
  { walked, others }: Beginnings,
  limit: number,
): { sql: string; values: SqlValue[] } {
  const [from, below] = beginningWith(walked);
  const conditions: [sql: string, values: SqlValue[]][] = [
    ['t.term < ?', [below]],
    query.cursor === undefined ? ['t.term >= ?', [from]] : after(query.cursor),
    ...(query.structureId === undefined
      ? []
      : [['t.structureId = ?', [query.structureId]] as [string, SqlValue[]]]),
    ...(query.status === undefined ? [] : [['a.status = ?', [query.status]] as [string, SqlValue[]]]),
    [FIRST_MEETING, [from]],
    ...others.map((other): [string, SqlValue[]] => [ALSO, beginningWith(other)]),
  ];
  const join = query.status === undefined ? '' : 'JOIN account a ON a.id = t.accountId';
  const where = conditions.map(([sql]) => sql).join(' AND ');
  const sql = `SELECT t.term, t.accountId FROM accountTerm t ${join} WHERE ${where}
    ORDER BY t.term, t.accountId LIMIT ${limit}`;
  return { sql, values: conditions.flatMap(([, values]) => values) };
}

/** The first half alone would do with the second: it is what lets every engine walk the index. */
function after(cursor: string): [string, SqlValue[]] {
  const [term, id] = fromCursor(cursor, 2) as [string, string];
  return ['t.term >= ? AND (t.term > ? OR t.accountId > ?)', [term, term, id]];
}
