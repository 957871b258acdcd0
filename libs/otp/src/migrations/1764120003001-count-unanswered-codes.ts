import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const TABLE = 'otpChallenge';
const COLUMNS = [
  column.text('sourceDigest', 128, { isNullable: true }),
  column.text('prefixDigest', 128, { isNullable: true }),
  column.optionalTime('uncountedAt'),
];
const INDEXES = [
  new TableIndex({ name: 'otpChallengeDestination', columnNames: ['destinationDigest', 'sentAt'] }),
  new TableIndex({ name: 'otpChallengeSource', columnNames: ['sourceDigest', 'sentAt'] }),
  new TableIndex({ name: 'otpChallengePrefix', columnNames: ['prefixDigest', 'sentAt'] }),
];

/** Limits count the codes themselves. A code that a server of the release before writes counts for its person alone. */
export class CountUnansweredCodes1764120003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const one of COLUMNS) await runner.addColumn(TABLE, new TableColumn(one));
    for (const one of INDEXES) await runner.createIndex(TABLE, one);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const one of INDEXES) await runner.dropIndex(TABLE, one);
    for (const one of COLUMNS) await runner.dropColumn(TABLE, one.name);
  }
}
