/** A column, as the code expects it or as the database has it. */
export interface SchemaColumn {
  table: string;
  name: string;
  isNullable: boolean;
  /** Maximum length of a text; null where the engine sets or enforces none. */
  length: number | null;
}

export interface FoundColumn extends SchemaColumn {
  /** Whether a row cannot be inserted without a value for it. */
  isRequired: boolean;
  /** How texts are compared; null for other types, and on the embedded engine. */
  collation: string | null;
}

/** An index other than the primary key. `columns`: in their order, separated by commas. */
export interface SchemaIndex {
  table: string;
  name: string;
  columns: string;
  isUnique: boolean;
}

export interface Schema {
  columns: SchemaColumn[];
  indexes: SchemaIndex[];
}

export interface FoundSchema extends Schema {
  columns: FoundColumn[];
}

/** Names, codes and tokens are compared exactly; a form of a name without case and accents has its own column. */
const COLLATION = 'utf8mb4_bin';

/** Returns what is wrong with the collation of a database; nothing when it is right. */
export function collationFault(collation: string | undefined): string | undefined {
  if (collation === undefined || collation === COLLATION) return undefined;
  return (
    `the collation of the database is ${collation}, but it must compare texts exactly: ` +
    `run "ALTER DATABASE … CHARACTER SET utf8mb4 COLLATE ${COLLATION}", and for each table that it has ` +
    `"ALTER TABLE … CONVERT TO CHARACTER SET utf8mb4 COLLATE ${COLLATION}"`
  );
}

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

function columnFault(expected: SchemaColumn, found: FoundColumn | undefined): string[] {
  const column = `column ${nameOf(expected)}`;
  if (!found) return [`${column} is missing`];
  if (found.collation !== null && found.collation !== COLLATION)
    return [`${column} has the collation ${found.collation}, not ${COLLATION}`];
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
