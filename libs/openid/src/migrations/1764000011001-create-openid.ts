import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of this lib, as the first release has them. */
export class CreateOpenid1764000011001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'signingKey',
      [
        column.id(),
        column.text('algorithm', 16),
        column.text('state', 16),
        column.text('slot', 32, { isNullable: true }),
        column.longText('sealed'),
        column.time('createdAt'),
        column.optionalTime('activatedAt'),
        column.optionalTime('retiredAt'),
      ],
      [{ name: 'signingKeySlot', columnNames: ['slot'], isUnique: true }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('signingKey');
  }
}
