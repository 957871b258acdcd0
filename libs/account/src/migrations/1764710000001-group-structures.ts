import { addColumns, column, createTable } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'structure';
const GUARD = 'structureGuard';
const COLUMNS = [
  column.text('kind', 16, { default: "'establishment'" }),
  column.key('parentId', { isNullable: true }),
];
const INDEX = { name: 'structureParent', columnNames: ['parentId', 'sortKey', 'id'] };

/** Structures may be part of a grouping. The guard has moves of the tree wait for each other. */
export class GroupStructures1764710000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, COLUMNS);
    await runner.createIndex(TABLE, new TableIndex(INDEX));
    await createTable(runner, GUARD, [column.id('rule'), column.integer('writes')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(GUARD);
    await runner.dropIndex(TABLE, INDEX.name);
    for (const { name } of COLUMNS) await runner.dropColumn(TABLE, name);
  }
}
