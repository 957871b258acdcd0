import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '../columns';

export class CreateWriteProbe1764700000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'writeProbe', [
      column.integer('id', { isPrimary: true }),
      column.time('writtenAt'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('writeProbe');
  }
}
