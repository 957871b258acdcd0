import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'notification';
const INDEX = new TableIndex({ name: 'notificationReference', columnNames: ['reference'] });

/** A provider that reports to one URL for all messages names a message as it does itself. */
export class FindMessagesByReference1764203000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(TABLE, INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, INDEX);
  }
}
