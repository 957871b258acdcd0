import type { Statements } from '@portillon/persistence';
import { chooseRows, marks, padded } from './chosen-rows';

/** A session that is open at the two times given for it, both the present one. */
export const OPEN = 'endedAt IS NULL AND idleExpiresAt > ? AND expiresAt > ?';

/** Takes an account and a number: it has fewer sessions open. */
export const FEWER_OPEN = '(SELECT COUNT(*) FROM session WHERE accountId = ? AND endedAt IS NULL) < ?';

/**
 * The oldest sessions of a person that must end before one more is opened, for at most `most`. Near the limit those who
 * open at once wait for each other here.
 */
export async function surplusOf(
  accountId: string,
  most: number,
  now: Date,
  tx: Statements,
): Promise<string[]> {
  const seen = await openIds(accountId, now, tx);
  if (seen.length < farBelow(most)) return [];
  if (tx.dialect !== 'sqlite') await lock(seen, tx);
  return (await openIds(accountId, now, tx)).slice(most - 1);
}

/** Who has fewer open sessions than that will not reach the limit, whoever opens some at this very moment. */
export function farBelow(most: number): number {
  return most / 2;
}

function openIds(accountId: string, now: Date, tx: Statements): Promise<string[]> {
  return chooseRows(tx, 'session', `accountId = ? AND ${OPEN} ORDER BY id DESC`, [accountId, now, now]);
}

// Those that have ended meanwhile too: who waited on the same rows must still wait for each other.
async function lock(ids: string[], tx: Statements): Promise<void> {
  const list = padded(ids);
  await tx.rows(`SELECT id FROM session WHERE id IN (${marks(list.length)}) FOR UPDATE`, list);
}
