import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'structure';
const RULE = 'identityRequiredFromAt';

/** From when on a structure lets in by password, passkey and code only people whose identity is verified. */
export class RequireIdentities1764430006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, [column.optionalTime(RULE)]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(TABLE, RULE);
  }
}
