import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  column.id(),
  column.key('accountId'),
  column.text('event', 32),
  column.time('occurredAt'),
  column.text('mailbox', 254),
  column.text('secretDigest', 64, { isNullable: true }),
  column.time('expiresAt'),
];

/** Links by which the reader of a notice reports that the event was not theirs. */
export class ReportEvents1764600000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'noticeLink', COLUMNS, [
      { name: 'noticeLinkOfAccount', columnNames: ['accountId'] },
      { name: 'noticeLinkExpiry', columnNames: ['expiresAt'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('noticeLink');
  }
}
