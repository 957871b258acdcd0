import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateAudit1764000005001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const optional = { isNullable: true };
    await createTable(
      runner,
      'auditEvent',
      [
        column.id(),
        column.time('happenedAt'),
        column.text('name', 64),
        column.text('outcome', 8),
        column.text('accountId', 64, optional),
        column.text('actorId', 64, optional),
        column.text('structureId', 64, optional),
        column.text('means', 32, optional),
        column.text('channel', 16, optional),
        column.text('address', 64, optional),
        column.text('device', 256, optional),
        column.text('requestId', 64, optional),
        column.text('reason', 128, optional),
        column.longText('data', optional),
      ],
      [{ name: 'auditEventAccount', columnNames: ['accountId', 'id'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('auditEvent');
  }
}
