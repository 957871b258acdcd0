import { addColumns, column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'account';
const COLUMNS = [
  column.optionalTime('reportedEventAt'),
  column.text('reportMailbox', 254, { isNullable: true }),
];
const INDEX = { name: 'accountReported', columnNames: ['reportedEventAt', 'id'] };

/** The event that an account holder reported as not theirs, and where their links to a new password then go. */
export class ReportEventsOfAnAccount1764600000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, COLUMNS);
    await runner.createIndex(TABLE, new TableIndex(INDEX));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, INDEX.name);
    for (const { name } of COLUMNS) await runner.dropColumn(TABLE, name);
  }
}
