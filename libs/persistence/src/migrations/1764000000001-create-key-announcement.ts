import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '../columns';

export class CreateKeyAnnouncement1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'keyAnnouncement',
      [column.id(), column.text('instance', 255), column.text('keyIds', 1_000), column.time('announcedAt')],
      [{ name: 'keyAnnouncementAge', columnNames: ['announcedAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('keyAnnouncement');
  }
}
