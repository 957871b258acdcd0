import { MIGRATIONS_TABLE } from './data-source';
import type { PersistencePart, RestrictedTable } from './persistence.options';
import { tableNameOf } from './table';

/** An account of a MySQL or MariaDB server: `name` from `host`, which may be a pattern. */
export interface DatabaseAccount {
  name: string;
  host: string;
}

export interface GrantRequest {
  database: string;
  /** Account of the serving processes. */
  serving: DatabaseAccount;
  /** Account that changes the tables. */
  migrating: DatabaseAccount;
}

/** GRANT statements of each account. */
export interface Grants {
  migrating: string[];
  /** Includes grants on existing tables: run them again after a migration that created one. */
  serving: string[];
}

const ROWS = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
/** `DROP` is for migrations that are undone, and for emptying tables after a restore. */
const TABLES = [...ROWS, 'CREATE', 'ALTER', 'INDEX', 'DROP'];

/**
 * Returns the GRANT statements with the least privileges that both accounts need on MySQL and MariaDB, for the
 * entities of all parts.
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

/** Formats an account as SQL. */
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
