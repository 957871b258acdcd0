import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'account';
const INDICES = [
  { name: 'accountEmergency', columnNames: ['emergencyUntilAt', 'id'] },
  { name: 'accountErasureRequested', columnNames: ['erasureRequestedAt', 'id'] },
  { name: 'accountStatusLastSignedIn', columnNames: ['status', 'lastSignedInAt', 'id'] },
].map((options) => new TableIndex(options));

/** What waits for an administrator is a few accounts of many, and so are those of one status that signed in last. */
export class IndexWhatAdministratorsLookFor1764120005001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createIndices(TABLE, INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices(TABLE, INDICES);
  }
}
