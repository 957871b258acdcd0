import { addColumns, column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'account';
const COLUMNS = [
  column.optionalTime('passwordMovedAt'),
  column.integer('passwordMoveStage', { default: 0 }),
  column.optionalTime('passwordMoveDueAt'),
];
const INDEXES = [
  { name: 'accountPasswordMoved', columnNames: ['passwordMovedAt', 'id'] },
  { name: 'accountPasswordMoveDue', columnNames: ['passwordMoveDueAt', 'id'] },
];

/** Passwords that moved in from another product, and when each ends. */
export class MovePasswordsIn1764730000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, COLUMNS);
    for (const index of INDEXES) await runner.createIndex(TABLE, new TableIndex(index));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of INDEXES) await runner.dropIndex(TABLE, name);
    for (const { name } of COLUMNS) await runner.dropColumn(TABLE, name);
  }
}
