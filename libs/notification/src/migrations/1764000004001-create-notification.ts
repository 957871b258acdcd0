import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateNotification1764000004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'notification', notificationColumns(), [
      { name: 'notificationDue', columnNames: ['state', 'dueAt'] },
      { name: 'notificationOfAccount', columnNames: ['accountId', 'id'] },
    ]);
    await createTable(runner, 'notice', noticeColumns(), [
      { name: 'noticeDue', columnNames: ['dueAt', 'quietUntilAt'] },
    ]);
    await createTable(runner, 'notificationPace', [column.id(), column.time('nextAt')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['notificationPace', 'notice', 'notification']) await runner.dropTable(table);
  }
}

function notificationColumns() {
  return [
    column.id(),
    column.text('kind', 64),
    column.text('channel', 8),
    column.key('accountId', { isNullable: true }),
    column.text('destinationDigest', 128),
    column.text('state', 16),
    column.longText('payload', { isNullable: true }),
    column.text('keyId', 32),
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
  ];
}

function noticeColumns() {
  return [
    column.text('id', 100, { isPrimary: true }),
    column.key('subjectId'),
    column.text('kind', 32),
    column.integer('occurrences'),
    column.longText('sealedDetails', { isNullable: true }),
    column.text('keyId', 32),
    column.time('firstAt'),
    column.time('latestAt'),
    column.optionalTime('dueAt'),
    column.time('quietUntilAt'),
  ];
}
