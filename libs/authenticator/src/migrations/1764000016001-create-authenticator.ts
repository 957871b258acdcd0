import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPTIONAL = { isNullable: true };

/** The tables of this lib, as the first release has them. */
export class CreateAuthenticator1764000016001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'passkey', passkeyColumns(), [
      { name: 'passkeyOfAccount', columnNames: ['accountId', 'endedAt'] },
      { name: 'passkeyByDigest', columnNames: ['credentialDigest'], isUnique: true },
      { name: 'passkeyByEnd', columnNames: ['endedAt'] },
    ]);
    await createTable(
      runner,
      'passkeyOwner',
      [column.id('accountId'), column.text('handle', 43), column.integer('enrolments')],
      [{ name: 'passkeyOwnerByHandle', columnNames: ['handle'], isUnique: true }],
    );
    await createTable(
      runner,
      'usedChallenge',
      [column.text('digest', 64, { isPrimary: true }), column.time('expiresAt')],
      [{ name: 'usedChallengeByExpiry', columnNames: ['expiresAt'] }],
    );
    await createTable(
      runner,
      'totp',
      [
        column.id('accountId'),
        column.text('secretSealed', 255),
        column.integer('lastStep'),
        column.time('createdAt'),
        column.optionalTime('confirmedAt'),
      ],
      [{ name: 'totpByStart', columnNames: ['confirmedAt', 'createdAt'] }],
    );
    await createTable(runner, 'recoveryCode', [
      column.id('accountId'),
      column.integer('position', { isPrimary: true }),
      column.text('digest', 128),
      column.time('createdAt'),
      column.optionalTime('usedAt'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['recoveryCode', 'totp', 'usedChallenge', 'passkeyOwner', 'passkey'])
      await runner.dropTable(table);
  }
}

function passkeyColumns() {
  return [
    column.id(),
    column.key('accountId'),
    column.text('credentialDigest', 64),
    column.longText('credentialId'),
    column.longText('publicKey'),
    { name: 'signCount', type: 'bigint' },
    column.text('transports', 255),
    column.text('aaguid', 36),
    column.text('kind', 8),
    column.integer('backedUp'),
    column.text('rpId', 255),
    column.text('name', 64),
    column.text('identityProof', 32, OPTIONAL),
    column.optionalTime('identityProvedAt'),
    column.time('createdAt'),
    column.optionalTime('lastUsedAt'),
    column.optionalTime('endedAt'),
  ];
}
