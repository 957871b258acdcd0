import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';

const INDEX = new TableIndex({ name: 'accountImportLineAccount', columnNames: ['accountId'] });

/** Whose lines are whose: somebody who is erased must be found in them. */
export class IndexImportedAccounts1764000001601 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return runner.createIndex('accountImportLine', INDEX);
  }

  down(runner: QueryRunner): Promise<void> {
    return runner.dropIndex('accountImportLine', INDEX.name!);
  }
}
