import { column } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';

const NOTED = 'lockNotedUntilAt';

/** Which lock of a name the journal has already, so that it is written once, by whoever finds it first. */
export class NotePasswordLocks1764000001501 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runner.addColumn('passwordAttempt', new TableColumn(column.optionalTime(NOTED)));
  }

  down(runner: QueryRunner): Promise<void> {
    return runner.dropColumn('passwordAttempt', NOTED);
  }
}
