import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateSignIn1764000003002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'signIn',
      [
        column.id(),
        column.key('accountId'),
        column.text('secretDigest', 64, { isNullable: true }),
        column.longText('principal'),
        column.text('means', 32),
        column.text('amr', 255),
        column.key('browserId', { isNullable: true }),
        column.time('startedAt'),
        column.time('expiresAt'),
        column.optionalTime('endedAt'),
      ],
      [
        { name: 'signInOfAccount', columnNames: ['accountId', 'endedAt'] },
        { name: 'signInByExpiry', columnNames: ['expiresAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('signIn');
  }
}
