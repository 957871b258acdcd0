import { QueryRunner, Table, TableColumn, TableColumnOptions, TableIndexOptions } from 'typeorm';
import { isEmbedded } from './persistence.options';

/**
 * Column types that are equal on every engine, for migrations. SQLite has no char, binary, uuid or enum. Landed
 * migrations use them: change nothing here that would change a migration that has run.
 */
export const column = {
  id: (name = 'id'): TableColumnOptions => ({ name, type: 'varchar', length: '36', isPrimary: true }),
  key: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'varchar',
    length: '36',
    ...options,
  }),
  text: (name: string, length: number, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'varchar',
    length: String(length),
    ...options,
  }),
  longText: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'text',
    ...options,
  }),
  time: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'datetime',
    precision: 3,
    ...options,
  }),
  optionalTime: (name: string): TableColumnOptions => column.time(name, { isNullable: true }),
  integer: (name: string, options: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
    name,
    type: 'int',
    ...options,
  }),
};

/** Creates a table with its indexes, the same on every engine. */
export async function createTable(
  runner: QueryRunner,
  name: string,
  columns: TableColumnOptions[],
  indices: TableIndexOptions[] = [],
): Promise<void> {
  await runner.createTable(new Table({ name, columns: native(runner, columns), indices }));
}

/** Adds columns to an existing table, the same on every engine. */
export async function addColumns(
  runner: QueryRunner,
  table: string,
  columns: TableColumnOptions[],
): Promise<void> {
  await runner.addColumns(
    table,
    native(runner, columns).map((one) => new TableColumn(one)),
  );
}

function native(runner: QueryRunner, columns: TableColumnOptions[]): TableColumnOptions[] {
  const embedded = isEmbedded(runner);
  return columns.map((one) => (embedded && one.type === 'int' ? { ...one, type: 'integer' } : one));
}
