import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccountTables1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'structure', structureColumns(), [
      { name: 'structureNameKey', columnNames: ['nameKey'], isUnique: true },
    ]);
    await createTable(runner, 'account', accountColumns(), [
      { name: 'accountUsernameKey', columnNames: ['usernameKey'], isUnique: true },
      { name: 'accountNationalId', columnNames: ['nationalId'], isUnique: true },
      { name: 'accountEmailKey', columnNames: ['emailKey', 'id'] },
      { name: 'accountDisplayNameKey', columnNames: ['displayNameKey', 'id'] },
      { name: 'accountStructureName', columnNames: ['structureId', 'displayNameKey', 'id'] },
      { name: 'accountStructureStatus', columnNames: ['structureId', 'status', 'displayNameKey', 'id'] },
      { name: 'accountStatusName', columnNames: ['status', 'displayNameKey', 'id'] },
    ]);
    await createTable(runner, 'passwordAttempt', attemptColumns(), [
      { name: 'passwordAttemptLast', columnNames: ['lastAttemptAt'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('passwordAttempt');
    await runner.dropTable('account');
    await runner.dropTable('structure');
  }
}

function structureColumns() {
  return [column.id(), column.text('name', 200), column.text('nameKey', 600), column.time('createdAt')];
}

function accountColumns() {
  return [
    column.id(),
    column.text('username', 64),
    column.text('usernameKey', 192),
    column.text('email', 254),
    column.text('emailKey', 254),
    column.text('displayName', 120),
    column.text('displayNameKey', 360),
    column.text('locale', 2),
    column.text('status', 12),
    column.text('roles', 255),
    column.key('structureId', { isNullable: true }),
    column.text('phoneSealed', 255, { isNullable: true }),
    column.optionalTime('phoneVerifiedAt'),
    column.text('codeChannel', 5),
    column.text('nationalId', 32, { isNullable: true }),
    column.text('passwordDigest', 255, { isNullable: true }),
    column.optionalTime('passwordChangedAt'),
    column.optionalTime('lastSignedInAt'),
    column.time('createdAt'),
    column.integer('version'),
  ];
}

function attemptColumns() {
  return [
    column.text('nameDigest', 100, { isPrimary: true }),
    column.text('browserId', 36, { isPrimary: true }),
    column.integer('consecutive'),
    column.time('nextAttemptAt'),
    column.text('latest', 325),
    column.time('lastAttemptAt'),
  ];
}
