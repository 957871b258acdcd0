import {
  getMetadataArgsStorage,
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableIndex,
} from 'typeorm';
import type { PersistencePart } from './persistence.options';

type Entity = PersistencePart['entities'][number];

const PREFIX = /^[a-z][a-z0-9]{0,14}_$/i;
/** Methods of a query runner whose first argument is a table, and those whose second is an index. */
const TABLE_METHOD = /(Table|Columns?|Index|Indices)$/;
const INDEX_METHOD = /(Index|Indices)$/;
/** Keywords before a table's name. Migrations contain no other statements as text. */
const BEFORE_TABLE = /(\b(?:FROM|INTO|JOIN|(?<!KEY )UPDATE)\s+[`"]?)(?=\w)/g;

const given = new Map<Entity, string>();

/**
 * Returns these parts with `prefix` before the names of their tables and indexes, for an application that has its own
 * table `session` or `account`. In one process a library has one prefix.
 *
 * @throws Error for a prefix that is not a letter, at most 14 letters and digits, and `_`; for a second one
 */
export function prefixed(prefix: string, parts: readonly PersistencePart[]): PersistencePart[] {
  if (!PREFIX.test(prefix)) throw new Error(`"${prefix}" is not a prefix of tables, such as "portillon_"`);
  for (const entity of parts.flatMap(({ entities }) => entities)) rename(entity, prefix);
  return parts.map((part) => ({
    ...part,
    prefix,
    migrations: part.migrations.map((Migration) => prefixedMigration(Migration, prefix)),
  }));
}

/** TypeORM keeps the names of tables for the whole process. @throws Error for a part without the prefix it got before */
export function requirePrefixes(parts: readonly Pick<PersistencePart, 'entities' | 'prefix'>[]): void {
  for (const { entities, prefix } of parts)
    for (const entity of entities) {
      const known = given.get(entity);
      if (known !== prefix)
        throw new Error(
          `${entity.name} has the prefix "${known}" in this process: give this part as prefixed("${known}", parts) here too`,
        );
    }
}

/** TypeORM's own prefix and naming strategies cannot distinguish these entities from the application's. */
function rename(entity: Entity, prefix: string): void {
  const known = given.get(entity);
  if (known === prefix) return;
  if (known) throw new Error(`${entity.name} has the prefix "${known}" already`);
  given.set(entity, prefix);
  const { tables, indices } = getMetadataArgsStorage();
  for (const one of [...tables, ...indices])
    if (one.target === entity && one.name) one.name = prefix + one.name;
}

/** Returns the migration under its name without a prefix. */
function prefixedMigration(
  Migration: new () => MigrationInterface,
  prefix: string,
): new () => MigrationInterface {
  return class extends Migration {
    override name = Migration.name;

    override up(runner: QueryRunner): Promise<void> {
      return super.up(prefixedRunner(runner, prefix));
    }

    override down(runner: QueryRunner): Promise<void> {
      return super.down(prefixedRunner(runner, prefix));
    }
  };
}

/** Landed migrations never change: this runner adds the prefix to each table and index. */
function prefixedRunner(runner: QueryRunner, prefix: string): QueryRunner {
  const named = (value: unknown) => withPrefix(value, prefix);
  return new Proxy(runner, {
    get(target, key: string) {
      const method: unknown = Reflect.get(target, key);
      if (typeof method !== 'function') return method;
      return (first: unknown, ...rest: unknown[]) => {
        if (key === 'query') first = String(first).replace(BEFORE_TABLE, `$1${prefix}`);
        else if (TABLE_METHOD.test(key)) first = named(first);
        return method.call(target, first, ...(INDEX_METHOD.test(key) ? rest.map(named) : rest)) as unknown;
      };
    },
  });
}

function withPrefix(value: unknown, prefix: string): unknown {
  if (typeof value === 'string') return prefix + value;
  if (Array.isArray(value)) return value.map((one) => withPrefix(one, prefix));
  if (!(value instanceof Table || value instanceof TableIndex)) return value;
  const copy = value.clone();
  if (copy.name) copy.name = prefix + copy.name;
  if (copy instanceof Table) copy.indices = copy.indices.map((one) => withPrefix(one, prefix) as TableIndex);
  return copy;
}
