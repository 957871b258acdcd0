import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotification1764000004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'notification',
      [
        column.id(),
        column.text('kind', 64),
        column.text('channel', 8),
        column.key('accountId', { isNullable: true }),
        column.text('destinationDigest', 128),
        column.text('state', 16),
        column.longText('payload', { isNullable: true }),
        column.integer('rounds'),
        column.key('claimedBy', { isNullable: true }),
        column.optionalTime('dueAt'),
        column.time('expiresAt'),
        column.time('createdAt'),
        column.optionalTime('settledAt'),
        column.text('provider', 64, { isNullable: true }),
        column.text('reference', 191, { isNullable: true }),
        column.text('reason', 64, { isNullable: true }),
        column.text('report', 32, { isNullable: true }),
        column.optionalTime('reportedAt'),
      ],
      [{ name: 'notificationDue', columnNames: ['state', 'dueAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('notification');
  }
}
