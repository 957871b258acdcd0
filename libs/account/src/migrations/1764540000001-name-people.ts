import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'account';
const COLUMNS = [
  column.text('givenName', 99, { isNullable: true }),
  column.text('familyName', 99, { isNullable: true }),
  column.optionalTime('changedAt'),
  column.optionalTime('removedAt'),
];

/** The parts of a name, when an account last changed, and when its directory deleted it (SCIM). */
export class NamePeople1764540000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of COLUMNS) await runner.dropColumn(TABLE, name);
  }
}
