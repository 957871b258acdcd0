import type { FoundSchema, Schema, SchemaColumn, SchemaIndex } from './schema.types';

/**
 * Returns the faults of the tables for this version, as phrases. More columns and indexes, nullable columns and longer
 * texts are no faults: a later version has migrated already, and this one still works.
 */
export function schemaFaults(expected: Schema, found: FoundSchema): string[] {
  const columns = new Map(found.columns.map((one) => [keyOf(one), one]));
  const indexes = new Map(found.indexes.map((one) => [keyOf(one), one]));
  const known = new Set(expected.columns.map(keyOf));
  const tables = new Set(expected.columns.map(({ table }) => table.toLowerCase()));
  return [
    ...expected.columns.flatMap((one) => columnFault(one, columns.get(keyOf(one)))),
    ...expected.indexes.flatMap((one) => indexFault(one, indexes.get(keyOf(one)))),
    ...found.columns
      .filter((one) => one.isRequired && tables.has(one.table.toLowerCase()) && !known.has(keyOf(one)))
      .map((one) => `column ${nameOf(one)} wants a value that this version does not have`),
  ];
}

/** A server with `lower_case_table_names` stores table names in lower case. */
function keyOf(named: { table: string; name: string }): string {
  return nameOf(named).toLowerCase();
}

function columnFault(expected: SchemaColumn, found: SchemaColumn | undefined): string[] {
  const column = `column ${nameOf(expected)}`;
  if (!found) return [`${column} is missing`];
  if (expected.isNullable && !found.isNullable) return [`${column} takes no NULL`];
  if (expected.length !== null && found.length !== null && found.length < expected.length)
    return [`${column} holds ${found.length} characters, not ${expected.length}`];
  return [];
}

function indexFault(expected: SchemaIndex, found: SchemaIndex | undefined): string[] {
  const index = `index ${nameOf(expected)} (${expected.columns})`;
  if (!found) return [`${index} is missing`];
  if (found.columns !== expected.columns) return [`${index} is on (${found.columns})`];
  if (found.isUnique !== expected.isUnique) return [`${index} is ${found.isUnique ? '' : 'not '}unique`];
  return [];
}

function nameOf({ table, name }: { table: string; name: string }): string {
  return `${table}.${name}`;
}
