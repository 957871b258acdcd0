import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const TABLE = 'account';
const SINCE = 'emailUnreachableAt';

/** A mail that came back says of an address that it is wrong or gone. */
export class NoteUnreachableAddresses1764204000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn(TABLE, new TableColumn(column.optionalTime(SINCE)));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(TABLE, SINCE);
  }
}
