import type { Dialect } from '@portillon/persistence';

const COLUMNS = 'id, hits, allowed, windowEndsAt';

/**
 * Counts `rows` hits in one statement. A window that is over begins anew; one that is full stays as it is, so that a
 * flood against a closed door writes nothing. Takes the present time twice after the rows.
 */
export function countStatement(dialect: Dialect, rows: number): string {
  if (dialect === 'sqlite')
    return `${insert(rows)} ON CONFLICT (id) DO UPDATE SET ${embeddedUpdates} RETURNING ${COLUMNS}`;
  const upsert = `${insert(rows)} ON DUPLICATE KEY UPDATE ${serverUpdates}`;
  return dialect === 'mariadb' ? `${upsert} RETURNING ${COLUMNS}` : upsert;
}

/** Reads windows by the ids that `list` has places for. */
export function readStatement(list: string): string {
  return `SELECT ${COLUMNS} FROM rateLimit WHERE id IN (${list})`;
}

const insert = (rows: number) => `INSERT INTO rateLimit (${COLUMNS}) VALUES ${places('(?, 1, ?, ?)', rows)}`;

// MySQL and MariaDB assign from left to right, so the end of the window, which the count looks at, is moved last.
const given = (name: string) => `VALUES(${name})`;
const serverUpdates = updates('', given, 'WHEN hits > VALUES(allowed) THEN hits');
const embeddedUpdates = updates(
  'rateLimit.',
  (name) => `excluded.${name}`,
  'WHEN rateLimit.hits > excluded.allowed THEN rateLimit.hits',
);

function updates(own: string, given: (name: string) => string, full: string): string {
  const [hits, end] = [`${own}hits`, `${own}windowEndsAt`];
  return [
    `hits = CASE WHEN ${end} <= ? THEN 1 ${full} ELSE ${hits} + 1 END`,
    `allowed = ${given('allowed')}`,
    `windowEndsAt = CASE WHEN ${end} <= ? THEN ${given('windowEndsAt')} ELSE ${end} END`,
  ].join(', ');
}

export function places(one: string, times: number): string {
  return Array.from({ length: times }, () => one).join(', ');
}
