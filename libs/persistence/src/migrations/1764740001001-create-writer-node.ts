import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '../columns';

export class CreateWriterNode1764740001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'writerNode', [
      column.integer('id', { isPrimary: true }),
      column.text('node', 255),
      column.integer('beat'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('writerNode');
  }
}
