import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** Applications that are registered, also by a server of the release before meanwhile, keep what they are given today. */
const COLUMNS = ['offlineAccess', 'gateAssertion'].map((name) => column.integer(name, { default: 1 }));

export class ChooseRefreshAndAssertion1764120002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumns(
      'application',
      COLUMNS.map((one) => new TableColumn(one)),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumns(
      'application',
      COLUMNS.map(({ name }) => name),
    );
  }
}
