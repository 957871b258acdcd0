import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of this lib, as the first release has them. */
export class CreateOpenid1764000011001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createSigningKey(runner);
    await createArtifact(runner);
    await createSessionClient(runner);
    await createLogoutDelivery(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['openidLogoutDelivery', 'openidSessionClient', 'openidArtifact', 'signingKey'])
      await runner.dropTable(table);
  }
}

function createSigningKey(runner: QueryRunner): Promise<void> {
  return createTable(
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

function createArtifact(runner: QueryRunner): Promise<void> {
  return createTable(
    runner,
    'openidArtifact',
    [
      column.text('model', 32, { isPrimary: true }),
      column.text('idDigest', 64, { isPrimary: true }),
      column.text('grantId', 64, { isNullable: true }),
      column.longText('payload'),
      column.time('expiresAt'),
      column.optionalTime('consumedAt'),
    ],
    [
      { name: 'openidArtifactOfGrant', columnNames: ['grantId'] },
      { name: 'openidArtifactByExpiry', columnNames: ['expiresAt'] },
    ],
  );
}

function createSessionClient(runner: QueryRunner): Promise<void> {
  return createTable(
    runner,
    'openidSessionClient',
    [
      column.id('sessionId'),
      column.id('applicationId'),
      column.key('accountId'),
      column.text('sid', 64),
      column.text('grantId', 64, { isNullable: true }),
      column.time('createdAt'),
      column.time('lastUsedAt'),
      column.optionalTime('endedAt'),
    ],
    [
      { name: 'openidSessionClientSid', columnNames: ['sid'], isUnique: true },
      { name: 'openidSessionClientOfAccount', columnNames: ['accountId'] },
      { name: 'openidSessionClientByAge', columnNames: ['createdAt'] },
    ],
  );
}

function createLogoutDelivery(runner: QueryRunner): Promise<void> {
  return createTable(
    runner,
    'openidLogoutDelivery',
    [
      column.id('sessionId'),
      column.id('applicationId'),
      column.key('accountId'),
      column.text('sid', 64),
      column.time('createdAt'),
      column.integer('attempts'),
      column.optionalTime('dueAt'),
      column.optionalTime('deliveredAt'),
      column.text('failure', 64, { isNullable: true }),
    ],
    [
      { name: 'openidLogoutDeliveryDue', columnNames: ['dueAt'] },
      { name: 'openidLogoutDeliveryByAge', columnNames: ['createdAt'] },
    ],
  );
}
