import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const SECRET = column.text('secretDigest', 64, { isNullable: true });
const DEVICE = [column.text('userAgent', 255), column.text('address', 45)];
const END = [column.optionalTime('endedAt'), column.text('endReason', 64, { isNullable: true })];
const SIGN_IN = [
  column.id(),
  column.key('accountId'),
  SECRET,
  column.longText('principal'),
  column.text('means', 32),
  column.text('amr', 255),
  column.key('browserId', { isNullable: true }),
];

/** The tables of this lib, as the first release has them. */
export class CreateSession1764000003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createSession(runner);
    await createSignIn(runner);
    await createRememberedBrowser(runner);
    await createTable(
      runner,
      'ticket',
      [column.id(), column.time('expiresAt')],
      [{ name: 'ticketByExpiry', columnNames: ['expiresAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['ticket', 'rememberedBrowser', 'signIn', 'session']) await runner.dropTable(table);
  }
}

function createSession(runner: QueryRunner): Promise<void> {
  return createTable(
    runner,
    'session',
    [
      ...SIGN_IN,
      column.integer('rotation'),
      column.text('acr', 64, { isNullable: true }),
      column.longText('activity', { isNullable: true }),
      column.longText('proof'),
      column.time('signedInAt'),
      column.optionalTime('codeAcceptedAt'),
      column.optionalTime('codeValidUntilAt'),
      column.time('authenticatedAt'),
      column.time('idleExpiresAt'),
      column.time('expiresAt'),
      ...DEVICE,
      ...END,
    ],
    [
      { name: 'sessionOfAccount', columnNames: ['accountId', 'endedAt'] },
      { name: 'sessionByEnd', columnNames: ['endedAt', 'idleExpiresAt'] },
    ],
  );
}

function createSignIn(runner: QueryRunner): Promise<void> {
  return createTable(
    runner,
    'signIn',
    [...SIGN_IN, column.time('startedAt'), column.time('expiresAt'), column.optionalTime('endedAt')],
    [
      { name: 'signInOfAccount', columnNames: ['accountId', 'endedAt'] },
      { name: 'signInByExpiry', columnNames: ['expiresAt'] },
    ],
  );
}

function createRememberedBrowser(runner: QueryRunner): Promise<void> {
  return createTable(
    runner,
    'rememberedBrowser',
    [
      column.id(),
      column.key('accountId'),
      SECRET,
      column.text('previousDigest', 64, { isNullable: true }),
      column.longText('formerDigests', { isNullable: true }),
      column.text('rotationSalt', 64, { isNullable: true }),
      column.time('rotatedAt'),
      column.time('codeAcceptedAt'),
      column.time('createdAt'),
      column.time('lastUsedAt'),
      ...DEVICE,
      ...END,
    ],
    [
      { name: 'rememberedBrowserOfAccount', columnNames: ['accountId', 'endedAt'] },
      { name: 'rememberedBrowserByEnd', columnNames: ['endedAt', 'lastUsedAt'] },
    ],
  );
}
