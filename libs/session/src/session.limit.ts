import { dialectOf, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { chooseRows, marks, padded } from './chosen-rows';

/** A session that is open at the two times given for it, both the present one. */
export const OPEN = 'endedAt IS NULL AND idleExpiresAt > ? AND expiresAt > ?';

/**
 * The oldest sessions of a person that must end before one more is opened, for at most `most`. Near the limit those who
 * open at once wait for each other here.
 */
export async function sessionsOverLimit(
  accountId: string,
  most: number,
  now: Date,
  tx: EntityManager,
): Promise<string[]> {
  const seen = await openIds(accountId, now, tx);
  if (seen.length < most / 2) return [];
  if (dialectOf(tx) !== 'sqlite') await lock(seen, tx);
  return (await openIds(accountId, now, tx)).slice(most - 1);
}

function openIds(accountId: string, now: Date, tx: EntityManager): Promise<string[]> {
  return chooseRows(tx, 'session', `accountId = ? AND ${OPEN} ORDER BY id DESC`, [accountId, now, now]);
}

// Those that have ended meanwhile too: who waited on the same rows must still wait for each other.
async function lock(ids: string[], tx: EntityManager): Promise<void> {
  const list = padded(ids);
  await rawSql(tx).rows(`SELECT id FROM session WHERE id IN (${marks(list.length)}) FOR UPDATE`, list);
}
