import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const COLUMN = column.text('pkce', 8, { default: "'required'" });

/** Registered applications, and those that a server of the release before registers meanwhile, send PKCE today. */
export class ChoosePkce1764600001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('application', new TableColumn(COLUMN));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('application', COLUMN.name);
  }
}
