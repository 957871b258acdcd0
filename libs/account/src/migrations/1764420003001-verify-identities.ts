import { addColumns, column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableIndex } from 'typeorm';

const TABLE = 'account';
const COLUMNS = [
  column.text('identityMethod', 20, { isNullable: true }),
  column.optionalTime('identityVerifiedAt'),
  column.text('identityVerifiedBy', 36, { isNullable: true }),
  column.text('directoryState', 10, { isNullable: true }),
  column.optionalTime('directoryLookedUpAt'),
  column.optionalTime('directoryDueAt'),
];
const INDICES = [
  { name: 'accountIdentityVerified', columnNames: ['identityVerifiedAt', 'id'] },
  { name: 'accountDirectoryState', columnNames: ['directoryState', 'id'] },
  { name: 'accountDirectoryDue', columnNames: ['directoryDueAt', 'nationalId'] },
].map((options) => new TableIndex(options));

/** How, when and by whom the identity of a person was verified, and what the national directory said of the national id. */
export class VerifyIdentities1764420003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, COLUMNS);
    await runner.createIndices(TABLE, INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices(TABLE, INDICES);
    for (const { name } of COLUMNS) await runner.dropColumn(TABLE, name);
  }
}
