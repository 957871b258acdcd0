import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateWeeklyMail1764800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const columns = [column.id('accountId'), column.time('dueAt')];
    const due = { name: 'weeklyMailDue', columnNames: ['dueAt', 'accountId'] };
    await createTable(runner, 'weeklyMail', columns, [due]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('weeklyMail');
  }
}
