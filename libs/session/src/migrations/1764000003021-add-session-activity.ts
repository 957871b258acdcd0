import { column } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

export class AddSessionActivity1764000003021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('session', new TableColumn(column.longText('activity', { isNullable: true })));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('session', 'activity');
  }
}
