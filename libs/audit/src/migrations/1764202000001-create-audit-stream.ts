import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const COLUMNS = [
  column.id(),
  column.integer('sealSequence'),
  column.key('lineId'),
  column.key('heldBy'),
  column.time('heldUntilAt'),
];

export class CreateAuditStream1764202000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'auditStream', COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('auditStream');
  }
}
