import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateIdempotency1764000009001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'idempotencyKey',
      [
        column.text('id', 64, { isPrimary: true }),
        column.text('requestDigest', 128),
        column.longText('sealedAnswer', { isNullable: true }),
        column.time('createdAt'),
      ],
      [{ name: 'idempotencyKeyByAge', columnNames: ['createdAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('idempotencyKey');
  }
}
