import { addColumns, column } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'account';
const LEFT = 'fourEyesLeftAt';

/** When an account was last moved out of a structure with `fourEyes`. */
export class FollowWhoLeavesFourEyes1764520000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, TABLE, [column.optionalTime(LEFT)]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn(TABLE, LEFT);
  }
}
