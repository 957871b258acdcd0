import type { Dialect } from '@portillon/persistence';

const COLUMNS = 'id, hits, allowed, windowEndsAt';

/**
 * Counts `rows` hits in one statement. A window that is over begins anew; one that is full stays as it is, so that a
 * flood against a closed door writes nothing. Takes the present time twice after the rows.
 */
export function countStatement(dialect: Dialect, rows: number): string {
  const insert = `INSERT INTO rateLimit (${COLUMNS}) VALUES ${list('(?, 1, ?, ?)', rows)}`;
  if (dialect === 'sqlite')
    return `${insert} ON CONFLICT (id) DO UPDATE SET ${embeddedUpdates} RETURNING ${COLUMNS}`;
  const upsert = `${insert} ON DUPLICATE KEY UPDATE ${serverUpdates}`;
  return dialect === 'mariadb' ? `${upsert} RETURNING ${COLUMNS}` : upsert;
}

/** Reads `rows` windows by their ids. */
export function readStatement(rows: number): string {
  return `SELECT ${COLUMNS} FROM rateLimit WHERE id IN (${list('?', rows)})`;
}

// MySQL and MariaDB assign from left to right, so the end of the window, which the count looks at, is moved last.
const serverUpdates = updates('', (name) => `VALUES(${name})`);
const embeddedUpdates = updates('rateLimit.', (name) => `excluded.${name}`);

function updates(own: string, given: (name: string) => string): string {
  const [hits, end] = [`${own}hits`, `${own}windowEndsAt`];
  return [
    `hits = CASE WHEN ${end} <= ? THEN 1 WHEN ${hits} > ${given('allowed')} THEN ${hits} ELSE ${hits} + 1 END`,
    `allowed = ${given('allowed')}`,
    `windowEndsAt = CASE WHEN ${end} <= ? THEN ${given('windowEndsAt')} ELSE ${end} END`,
  ].join(', ');
}

function list(one: string, times: number): string {
  return Array.from({ length: times }, () => one).join(', ');
}
