import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPTIONAL = { isNullable: true };
const COLUMNS = [column.time('firstSeenAt', OPTIONAL), column.text('seenFrom', 64, OPTIONAL)];

/** When the gate answered the first request for an application, and which proxy asked. */
export class NoteFirstRequest1764300004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'application', COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns(
      'application',
      COLUMNS.map(({ name }) => name),
    );
  }
}
