import { column, createTable } from '@portillon/persistence';
import { MigrationInterface, QueryRunner } from 'typeorm';

const REQUEST = [column.id(), column.time('expiresAt')];
const CHOICE = [
  column.id(),
  column.text('secretDigest', 64),
  column.longText('identitySealed'),
  column.longText('returnTo'),
  column.time('expiresAt'),
  column.optionalTime('consumedAt'),
];
const SESSION = [
  column.id('sessionId'),
  column.text('subject', 255),
  column.text('sid', 255, { isNullable: true }),
  column.longText('idTokenSealed'),
  column.text('signOutDigest', 64, { isNullable: true }),
  column.time('expiresAt'),
];
const LOGOUT = [
  column.text('id', 64, { isPrimary: true }),
  column.text('sid', 255, { isNullable: true }),
  column.time('expiresAt'),
];

/** The tables of this lib, as the first release has them. */
export class CreateProSanteConnect1764000007001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'pscRequest', REQUEST, [
      { name: 'pscRequestByExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(runner, 'pscChoice', CHOICE, [
      { name: 'pscChoiceByExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(runner, 'pscSession', SESSION, [
      { name: 'pscSessionBySid', columnNames: ['sid'] },
      { name: 'pscSessionBySubject', columnNames: ['subject'] },
      { name: 'pscSessionByExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(runner, 'pscLogout', LOGOUT, [
      { name: 'pscLogoutBySid', columnNames: ['sid'] },
      { name: 'pscLogoutByExpiry', columnNames: ['expiresAt'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['pscLogout', 'pscSession', 'pscChoice', 'pscRequest']) await runner.dropTable(table);
  }
}
