import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const OPENED = new TableColumn(column.optionalTime('openedAt'));

export class NoteOpening4102444800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('locker', OPENED);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('locker', OPENED.name);
  }
}
