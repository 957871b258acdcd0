import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCredential1764000001101 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'passwordAttempt', attemptColumns(), [
      { name: 'passwordAttemptLast', columnNames: ['lastAttemptAt'] },
    ]);
    await createTable(runner, 'accountToken', tokenColumns(), [
      { name: 'accountTokenOfAccount', columnNames: ['accountId', 'kind'], isUnique: true },
      { name: 'accountTokenExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(runner, 'resetRequest', [column.id(), column.longText('sealedRequest')]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['resetRequest', 'accountToken', 'passwordAttempt']) await runner.dropTable(table);
  }
}

function attemptColumns() {
  return [
    column.text('nameDigest', 100, { isPrimary: true }),
    column.text('browserId', 36, { isPrimary: true }),
    column.integer('consecutive'),
    column.time('nextAttemptAt'),
    column.text('latest', 325),
    column.time('lastAttemptAt'),
    column.optionalTime('lockNotedUntilAt'),
  ];
}

function tokenColumns() {
  return [
    column.id(),
    column.key('accountId'),
    column.text('kind', 16),
    column.text('secretDigest', 64, { isNullable: true }),
    column.time('issuedAt'),
    column.time('expiresAt'),
    column.text('context', 255, { isNullable: true }),
  ];
}
