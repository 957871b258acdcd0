import type { Statements } from '@portillon/persistence';
import { chooseRows, marks, padded } from './chosen-rows';

/** A session that is open at the two times given for it, both the present one. */
export const OPEN = 'endedAt IS NULL AND idleExpiresAt > ? AND expiresAt > ?';

/**
 * The oldest sessions of a person that must end before one more is opened, for at most `most`. Far from the limit the
 * hint spares the statements; near it, those who open at once wait for each other here.
 */
export async function surplusOf(
  account: { accountId: string; openSessions?: number },
  most: number,
  now: Date,
  tx: Statements,
): Promise<string[]> {
  if (isFarFrom(most, account.openSessions ?? most)) return [];
  const seen = await openIds(account.accountId, now, tx);
  if (isFarFrom(most, seen.length)) return [];
  if (tx.dialect !== 'sqlite') await lock(seen, tx);
  return (await openIds(account.accountId, now, tx)).slice(most - 1);
}

/** Whether even those who open sessions at this very moment will not reach the limit. */
export function isFarFrom(most: number, openSessions: number): boolean {
  return openSessions < farBelow(most);
}

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
