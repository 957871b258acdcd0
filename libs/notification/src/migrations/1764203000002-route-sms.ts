import { column, createTable } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** SMS go by the providers whose codes people enter. A server of the release before marks no code as entered. */
export class RouteSms1764203000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('notification', new TableColumn(column.optionalTime('answeredAt')));
    await createTable(runner, 'smsRoute', [
      column.text('provider', 64, { isPrimary: true }),
      column.time('hourAt', { isPrimary: true }),
      column.integer('sent'),
      column.integer('delivered'),
      column.integer('undelivered'),
      column.integer('converted'),
    ]);
    await createTable(runner, 'smsProvider', [
      column.text('id', 64, { isPrimary: true }),
      column.optionalTime('passedOverUntilAt'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['smsProvider', 'smsRoute']) await runner.dropTable(table);
    await runner.dropColumn('notification', 'answeredAt');
  }
}
