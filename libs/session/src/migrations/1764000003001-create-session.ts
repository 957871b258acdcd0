import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateSession1764000003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'session',
      [
        column.id(),
        column.key('accountId'),
        column.text('secretDigest', 64, { isNullable: true }),
        column.integer('rotation'),
        column.longText('principal'),
        column.text('means', 32),
        column.text('acr', 64, { isNullable: true }),
        column.text('amr', 255),
        column.time('signedInAt'),
        column.optionalTime('codeAcceptedAt'),
        column.optionalTime('codeValidUntilAt'),
        column.time('authenticatedAt'),
        column.time('idleExpiresAt'),
        column.time('expiresAt'),
        column.key('browserId', { isNullable: true }),
        column.text('userAgent', 255),
        column.text('address', 45),
        column.optionalTime('endedAt'),
        column.text('endReason', 64, { isNullable: true }),
      ],
      [
        { name: 'sessionOfAccount', columnNames: ['accountId', 'endedAt'] },
        { name: 'sessionByEnd', columnNames: ['endedAt', 'idleExpiresAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('session');
  }
}
