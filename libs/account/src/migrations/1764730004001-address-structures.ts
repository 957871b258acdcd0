import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'structure';
const ADDRESS = column.text('address', 200, { isNullable: true });

/** The postal address of a structure, as the register of establishments has it. */
export class AddressStructures1764730004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, [ADDRESS]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(TABLE, ADDRESS.name);
  }
}
