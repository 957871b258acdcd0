import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPTIONAL = { isNullable: true };
const LEVEL = [column.text('acr', 16, OPTIONAL), column.integer('maxAgeSeconds', OPTIONAL)];

/** The tables of this lib, as the first release has them. */
export class CreateGate1764000015001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'gateRule', ruleColumns(), [
      { name: 'gateRuleOfApplication', columnNames: ['applicationId', 'position'], isUnique: true },
    ]);
    await createTable(runner, 'gateSession', sessionColumns(), [
      { name: 'gateSessionOfSession', columnNames: ['sessionId'] },
      { name: 'gateSessionByExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(runner, 'gateSignIn', signInColumns(), [
      { name: 'gateSignInByExpiry', columnNames: ['expiresAt'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['gateSignIn', 'gateSession', 'gateRule']) await runner.dropTable(table);
  }
}

function ruleColumns() {
  return [
    column.id(),
    column.key('applicationId'),
    column.integer('position'),
    column.longText('paths'),
    column.longText('methods'),
    column.text('access', 16),
    column.longText('roles'),
    column.longText('structures'),
    ...LEVEL,
  ];
}

function sessionColumns() {
  return [
    column.id(),
    column.key('applicationId'),
    column.key('sessionId'),
    column.text('sid', 64),
    column.text('secretDigest', 64),
    column.time('expiresAt'),
  ];
}

function signInColumns() {
  return [
    column.id(),
    column.key('applicationId'),
    column.text('origin', 300),
    column.longText('target'),
    ...LEVEL,
    column.text('secretDigest', 64, OPTIONAL),
    column.time('expiresAt'),
  ];
}
