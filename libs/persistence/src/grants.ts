import { MIGRATIONS_TABLE } from './data-source';
import type { PersistencePart, RestrictedTable } from './persistence.options';
import { tableNameOf } from './table-name';

/** An account of a MySQL or MariaDB server: `name` from `host`, which may be a pattern. */
export interface DatabaseAccount {
  name: string;
  host: string;
}

export interface GrantRequest {
  database: string;
  /** What every process runs by. */
  serving: DatabaseAccount;
  /** What changes the tables. */
  migrating: DatabaseAccount;
}

/** The statements of each account. */
export interface Grants {
  migrating: string[];
  /** Of tables that stand: to be run after a migration that made one. */
  serving: string[];
}

const ROWS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
/** `DROP`: a migration that is undone, and tables that are emptied once a backup was restored. */
const TABLES = [...ROWS, 'CREATE', 'ALTER', 'INDEX', 'DROP'];

/**
 * The GRANT statements that give two accounts what they need and no more, for MySQL and MariaDB, from the entities of all
 * parts.
 */
export function grantStatements(
  parts: readonly Pick<PersistencePart, 'entities' | 'restricted'>[],
  { database, serving, migrating }: GrantRequest,
): Grants {
  const restricted = new Map(parts.flatMap((part) => part.restricted ?? []).map((one) => [one.entity, one]));
  const tables = parts.flatMap(({ entities }) =>
    entities.map((entity) => ({ table: tableNameOf(entity), rights: rightsOn(restricted.get(entity)) })),
  );
  const read = { table: MIGRATIONS_TABLE, rights: 'SELECT' };
  const inOrder = [read, ...tables].sort((one, other) => (one.table < other.table ? -1 : 1));
  return {
    migrating: [`GRANT ${TABLES.join(', ')} ON ${pattern(database)}.* TO ${quoted(migrating)};`],
    serving: inOrder.map(
      ({ table, rights }) => `GRANT ${rights} ON ${named(database)}.${named(table)} TO ${quoted(serving)};`,
    ),
  };
}

/** An account as SQL names it. */
export function quoted({ name, host }: DatabaseAccount): string {
  return `${text(name)}@${text(host)}`;
}

function rightsOn(restricted: RestrictedTable | undefined): string {
  if (!restricted) return ROWS.join(', ');
  const { rights, changes = [] } = restricted;
  return [...rights, ...(changes.length > 0 ? [`UPDATE (${changes.map(named).join(', ')})`] : [])].join(', ');
}

function named(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}

/** In grants for all tables a database's name is a pattern, in which `_` and `%` are wildcards. */
function pattern(database: string): string {
  return named(database.replace(/[_%\\]/g, '\\$&'));
}

function text(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
