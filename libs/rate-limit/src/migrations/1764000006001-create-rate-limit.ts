import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateRateLimit1764000006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'rateLimit',
      [column.text('id', 64, { isPrimary: true }), column.integer('hits'), column.time('windowEndsAt')],
      [{ name: 'rateLimitEnd', columnNames: ['windowEndsAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rateLimit');
  }
}
