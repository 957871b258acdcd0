import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'account';
const COLUMNS = [column.optionalTime('passwordMovedAt')];

/** When a digest of another product moved in. */
export class MovePasswordsIn1764730000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of COLUMNS) await runner.dropColumn(TABLE, name);
  }
}
