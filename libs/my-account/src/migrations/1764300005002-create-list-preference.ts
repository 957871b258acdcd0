import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const COLUMNS = [
  column.id('accountId'),
  column.text('list', 16, { isPrimary: true }),
  column.longText('preference'),
];

export class CreateListPreference1764300005002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'listPreference', COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('listPreference');
  }
}
