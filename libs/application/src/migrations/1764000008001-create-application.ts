import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPTIONAL = { isNullable: true };

export class CreateApplication1764000008001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'application', applicationColumns(), [
      { name: 'applicationName', columnNames: ['nameKey', 'id'] },
      { name: 'applicationOfStructure', columnNames: ['structureId', 'nameKey', 'id'] },
    ]);
    await createTable(runner, 'applicationSecret', secretColumns(), [
      { name: 'applicationSecretSlot', columnNames: ['applicationId', 'slot'], isUnique: true },
      { name: 'applicationSecretExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(
      runner,
      'applicationOrigin',
      [column.text('origin', 300, { isPrimary: true }), column.key('applicationId')],
      [{ name: 'applicationOriginOfApplication', columnNames: ['applicationId'] }],
    );
    await createTable(runner, 'applicationRefusal', refusalColumns(), [
      { name: 'applicationRefusalLast', columnNames: ['applicationId', 'lastAt'] },
      { name: 'applicationRefusalAge', columnNames: ['lastAt'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['applicationRefusal', 'applicationOrigin', 'applicationSecret', 'application'])
      await runner.dropTable(table);
  }
}

function applicationColumns() {
  return [
    column.id(),
    column.text('kind', 8),
    column.key('structureId', OPTIONAL),
    column.text('name', 200),
    column.text('nameKey', 600),
    column.longText('redirectUris'),
    column.longText('postLogoutRedirectUris'),
    column.text('initiateLoginUri', 1000, OPTIONAL),
    column.text('backchannelLogoutUri', 1000, OPTIONAL),
    column.text('homeUri', 1000, OPTIONAL),
    column.text('authMethod', 24),
    column.longText('jwks', OPTIONAL),
    column.text('jwksUri', 1000, OPTIONAL),
    column.text('tlsSubjectDn', 500, OPTIONAL),
    column.text('scopes', 500),
    column.longText('audienceRoles'),
    column.longText('audienceStructures'),
    column.longText('audienceProfessions'),
    column.text('minAcr', 16, OPTIONAL),
    column.integer('maxAgeSeconds', OPTIONAL),
    column.integer('confirmIdentity'),
    column.integer('trusted'),
    column.text('claimsShape', 8),
    column.integer('claimNames'),
    column.integer('claimMail'),
    column.integer('claimGroups'),
    column.longText('resources'),
    column.text('status', 8),
    column.integer('version'),
    column.time('createdAt'),
    column.time('updatedAt'),
  ];
}

function secretColumns() {
  return [
    column.id(),
    column.key('applicationId'),
    column.integer('slot'),
    column.text('digest', 64),
    column.time('createdAt'),
    column.optionalTime('expiresAt'),
    column.optionalTime('lastUsedAt'),
  ];
}

function refusalColumns() {
  return [
    column.key('applicationId', { isPrimary: true }),
    column.text('digest', 64, { isPrimary: true }),
    column.text('code', 64),
    column.text('detail', 1000),
    column.integer('times'),
    column.time('firstAt'),
    column.time('lastAt'),
  ];
}
