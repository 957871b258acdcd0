import { column, createTable } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';

const OF_ACCOUNT = new TableIndex({ name: 'notificationOfAccount', columnNames: ['accountId', 'id'] });

export class CreateNotice1764000004101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'notice', noticeColumns(), [
      { name: 'noticeDue', columnNames: ['dueAt', 'quietUntilAt'] },
    ]);
    await createTable(runner, 'notificationPace', [column.id(), column.time('nextAt')]);
    await runner.query(
      "INSERT INTO notificationPace (id, nextAt) VALUES ('bulk', '2000-01-01 00:00:00.000')",
    );
    await runner.createIndex('notification', OF_ACCOUNT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('notification', OF_ACCOUNT);
    await runner.dropTable('notificationPace');
    await runner.dropTable('notice');
  }
}

function noticeColumns() {
  return [
    column.text('id', 100, { isPrimary: true }),
    column.key('subjectId'),
    column.text('kind', 32),
    column.integer('occurrences'),
    column.longText('sealedDetails', { isNullable: true }),
    column.time('firstAt'),
    column.time('latestAt'),
    column.optionalTime('dueAt'),
    column.time('quietUntilAt'),
  ];
}
