import { rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { searchTerms } from './search-terms';

interface Indexed {
  id: string;
  username: string;
  email: string;
  displayName: string;
  nationalId?: string | null;
  structureId?: string | null;
}

const SELECT = 'SELECT id, username, email, displayName, nationalId, structureId FROM account WHERE id = ?';
const DELETE = 'DELETE FROM accountTerm WHERE accountId = ?';

/** Writes what new accounts are found by. */
export async function addTerms(accounts: readonly Indexed[], tx: EntityManager): Promise<void> {
  const rows = accounts.flatMap((one): SqlValue[][] =>
    searchTerms(one).map((term) => [one.id, term, one.structureId ?? null]),
  );
  if (rows.length === 0) return;
  const marks = rows.map(() => '(?, ?, ?)').join(', ');
  await rawSql(tx).execute(
    `INSERT INTO accountTerm (accountId, term, structureId) VALUES ${marks}`,
    rows.flat(),
  );
}

/** Writes anew what an account is found by, after a change of its names, mail, national id or structure. */
export async function renewTerms(id: string, tx: EntityManager): Promise<void> {
  const account = await rawSql(tx).row<Indexed>(SELECT, [id]);
  await rawSql(tx).execute(DELETE, [id]);
  if (account) await addTerms([account], tx);
}
