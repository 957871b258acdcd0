import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const COLUMNS = [
  column.id(),
  column.key('askedBy', { isNullable: true }),
  column.time('askedAt'),
  column.longText('noted', { isNullable: true }),
  column.integer('readLines'),
  column.integer('totalLines'),
  column.key('heldBy', { isNullable: true }),
  column.optionalTime('heldUntilAt'),
  column.optionalTime('endedAt'),
  column.longText('result', { isNullable: true }),
];

export class CreateAuditProof1764300005001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'auditProof', COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('auditProof');
  }
}
