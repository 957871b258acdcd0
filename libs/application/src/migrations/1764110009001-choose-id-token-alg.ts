import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const COLUMN = column.text('idTokenAlg', 5, { default: "'RS256'" });

/** Those that are registered, and those that a server of the release before registers meanwhile, keep RS256. */
export class ChooseIdTokenAlg1764110009001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('application', new TableColumn(COLUMN));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('application', COLUMN.name);
  }
}
