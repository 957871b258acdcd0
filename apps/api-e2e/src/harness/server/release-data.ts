import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { SqlClient } from '@portillon/testing/servers';
import type { Life } from './lived-in';
import type { Engine } from './stage';

const FOLDER = join(__dirname, '../../../releases');

type Value = string | number | null;

/** The database of a release, and the cookies of its people's browsers. */
export interface ReleaseData {
  engine: Engine;
  madeAt: string;
  environment: Record<string, string>;
  life: Life;
  /** The statements that make its tables. */
  schema: string[];
  /** A list of values a row, in the order of `columns`. */
  tables: { name: string; columns: string[]; rows: Value[][] }[];
}

/** The releases whose data is kept, by name. */
export function releases(): string[] {
  return [...new Set(readdirSync(FOLDER).map((file) => basename(file).split('.')[0]!))].sort();
}

export function readRelease(name: string, engine: Engine): ReleaseData {
  return JSON.parse(gunzipSync(readFileSync(fileOf(name, engine))).toString()) as ReleaseData;
}

export function writeRelease(name: string, data: ReleaseData): void {
  writeFileSync(fileOf(name, data.engine), gzipSync(JSON.stringify(data), { level: 9 }));
}

/** Every table of the database, with its rows. */
export async function dump(
  database: SqlClient,
  engine: Engine,
): Promise<Pick<ReleaseData, 'schema' | 'tables'>> {
  const names = await tablesOf(database, engine);
  const tables = await Promise.all(names.map((name) => dumpTable(database, name)));
  return { schema: await schemaOf(database, engine, names), tables };
}

/** Makes the tables of `data` in an empty database, and fills them. */
export async function load(url: string, { schema, tables }: ReleaseData): Promise<void> {
  const database = await SqlClient.open(url);
  for (const statement of schema) await database.execute(statement);
  for (const { name, columns, rows } of tables)
    for (const row of rows) await database.execute(insertInto(name, columns), row);
  await database.close();
}

/** As the release itself writes a row: it names the columns that it knows. */
export function insertInto(table: string, columns: string[]): string {
  return `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

function fileOf(name: string, engine: Engine): string {
  return join(FOLDER, `${name}.${engine}.json.gz`);
}

async function tablesOf(database: SqlClient, engine: Engine): Promise<string[]> {
  const sql =
    engine === 'embedded'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
      : 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME';
  return (await database.rows<{ name: string }>(sql)).map(({ name }) => name);
}

async function schemaOf(database: SqlClient, engine: Engine, names: string[]): Promise<string[]> {
  if (engine === 'embedded') {
    const sql =
      "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name";
    return (await database.rows<{ sql: string }>(sql)).map((row) => row.sql);
  }
  const shown = names.map((name) => database.row<Record<string, string>>(`SHOW CREATE TABLE ${name}`));
  return (await Promise.all(shown)).map((row) => row!['Create Table']!);
}

async function dumpTable(database: SqlClient, name: string) {
  const rows = await database.rows<Record<string, Value | Date>>(`SELECT * FROM ${name}`);
  const columns = Object.keys(rows[0] ?? {});
  return { name, columns, rows: rows.map((row) => columns.map((column) => valueOf(row[column]!))) };
}

/** A time in the text form that both engines take. */
function valueOf(value: Value | Date): Value {
  return value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, 23) : value;
}
