import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const COLUMNS = [
  column.time('hourAt', { isPrimary: true }),
  column.text('name', 64, { isPrimary: true }),
  column.text('readerId', 64, { isPrimary: true }),
  column.text('subjectId', 64, { isPrimary: true }),
];

export class CreateAuditReading1764302005001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'auditReading', COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('auditReading');
  }
}
