import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The town of a structure. */
export class NameTowns4102444800003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'structure', [column.text('town', 80, { isNullable: true })]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('structure', 'town');
  }
}
