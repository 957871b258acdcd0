import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateLockerVisit4102444800002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'lockerVisit', [column.id(), column.key('accountId')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('lockerVisit');
  }
}
