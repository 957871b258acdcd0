import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'otpSubject';
const INDEX = new TableIndex({ name: 'otpSubjectLocked', columnNames: ['lockedUntilAt'] });

/** Whose code step is locked are a few of all who ever had a code; who is not, has nothing there. */
export class IndexLocks1764120005002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndex(TABLE, INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex(TABLE, INDEX);
  }
}
