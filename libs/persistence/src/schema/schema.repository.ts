import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { isEmbedded } from '../persistence.options';
import type { FoundColumn, FoundSchema, Schema, SchemaIndex } from './schema.policy';

/** SQLite does not enforce the length of a text. */
const EMBEDDED = {
  columns: `SELECT made.name AS "table", col.name AS name, NOT col."notnull" AS isNullable,
      col."notnull" AND col.dflt_value IS NULL AS isRequired, NULL AS length, NULL AS collation
    FROM sqlite_master made JOIN pragma_table_info(made.name) col WHERE made.type = 'table'`,
  indexColumns: `SELECT made.name AS "table", ind.name AS name, col.name AS "column", ind."unique" AS isUnique
    FROM sqlite_master made JOIN pragma_index_list(made.name) ind JOIN pragma_index_info(ind.name) col
    WHERE made.type = 'table' AND ind.origin = 'c' ORDER BY made.name, ind.name, col.seqno`,
};

const SERVER = {
  columns: `SELECT TABLE_NAME AS \`table\`, COLUMN_NAME AS name, IS_NULLABLE = 'YES' AS isNullable,
      IS_NULLABLE = 'NO' AND COLUMN_DEFAULT IS NULL AND EXTRA = '' AS isRequired,
      IF(DATA_TYPE = 'varchar', CHARACTER_MAXIMUM_LENGTH, NULL) AS length, COLLATION_NAME AS collation
    FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE()`,
  indexColumns: `SELECT TABLE_NAME AS \`table\`, INDEX_NAME AS name, COLUMN_NAME AS \`column\`, NON_UNIQUE = 0 AS isUnique
    FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND INDEX_NAME <> 'PRIMARY'
    ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX`,
};

/** Both engines return a flag as a number. */
interface ColumnRow extends Omit<FoundColumn, 'isNullable' | 'isRequired'> {
  isNullable: number | string;
  isRequired: number | string;
}

interface IndexColumnRow {
  table: string;
  name: string;
  column: string;
  isUnique: number | string;
}

/**
 * Reads the expected schema from the entities, and the actual one from the database. Raw SQL: TypeORM would query each
 * table several times.
 */
@Injectable()
export class SchemaRepository {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  expected(): Schema {
    const { entityMetadatas } = this.dataSource;
    return {
      columns: entityMetadatas.flatMap(({ tableName: table, columns }) =>
        columns.map(({ databaseName: name, isNullable, type, length }) => ({
          table,
          name,
          isNullable,
          length: type === 'varchar' ? Number(length) : null,
        })),
      ),
      indexes: entityMetadatas.flatMap(({ tableName: table, indices }) =>
        indices.map(({ name, columns, isUnique }) => ({
          table,
          name,
          columns: columns.map(({ databaseName }) => databaseName).join(','),
          isUnique,
        })),
      ),
    };
  }

  /** Returns the collation of new tables; nothing on the embedded engine. */
  async collation(): Promise<string | undefined> {
    if (isEmbedded(this.dataSource.manager)) return undefined;
    const [row] = await this.dataSource.query<{ name: string }[]>('SELECT @@collation_database AS name');
    return row?.name;
  }

  async found(): Promise<FoundSchema> {
    const sql = isEmbedded(this.dataSource.manager) ? EMBEDDED : SERVER;
    const columns = await this.dataSource.query<ColumnRow[]>(sql.columns);
    const indexColumns = await this.dataSource.query<IndexColumnRow[]>(sql.indexColumns);
    return { columns: columns.map(columnOf), indexes: indexesOf(indexColumns) };
  }
}

function columnOf({ isNullable, isRequired, length, ...row }: ColumnRow): FoundColumn {
  return {
    ...row,
    isNullable: Number(isNullable) === 1,
    isRequired: Number(isRequired) === 1,
    length: length === null ? null : Number(length),
  };
}

function indexesOf(rows: IndexColumnRow[]): SchemaIndex[] {
  const indexes = new Map<string, SchemaIndex>();
  for (const { table, name, column, isUnique } of rows) {
    const known = indexes.get(`${table}.${name}`);
    if (known) known.columns += `,${column}`;
    else indexes.set(`${table}.${name}`, { table, name, columns: column, isUnique: Number(isUnique) === 1 });
  }
  return [...indexes.values()];
}
