import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const OPTIONAL = { isNullable: true };
const TABLES = [
  'pendingEmail',
  'emailChange',
  'accountGuard',
  'accountImportLine',
  'accountImport',
  'accountTerm',
  'account',
  'structure',
];

/** The tables of this lib, as the first release has them. */
export class CreateAccount1764000001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createStructures(runner);
    await createAccounts(runner);
    await createImports(runner);
    const guardColumns = [column.key('rule', { isPrimary: true }), column.integer('writes')];
    await createTable(runner, 'accountGuard', guardColumns);
    await createTable(
      runner,
      'emailChange',
      [column.id('proofId'), column.key('accountId'), column.text('email', 254), column.time('expiresAt')],
      [
        { name: 'emailChangeExpiry', columnNames: ['expiresAt'] },
        { name: 'emailChangeOfAccount', columnNames: ['accountId'] },
      ],
    );
    await createPendingEmails(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.dropTable(table);
  }
}

function createPendingEmails(runner: QueryRunner): Promise<void> {
  const columns = [
    column.id(),
    column.key('accountId'),
    column.text('email', 254),
    column.key('requestedBy'),
    column.time('requestedAt'),
    column.time('effectiveAt'),
  ];
  return createTable(runner, 'pendingEmail', columns, [
    { name: 'pendingEmailOfAccount', columnNames: ['accountId'], isUnique: true },
    { name: 'pendingEmailEffective', columnNames: ['effectiveAt', 'id'] },
  ]);
}

function createStructures(runner: QueryRunner): Promise<void> {
  const columns = [
    column.id(),
    column.text('name', 200),
    column.text('nameKey', 600),
    column.text('sortKey', 600),
    column.text('finess', 9, OPTIONAL),
    column.text('siret', 14, OPTIONAL),
    column.integer('smsForbidden', { default: 0 }),
    column.integer('mailFirstTimeOnly', { default: 0 }),
    column.integer('codeWindowHours', OPTIONAL),
    column.optionalTime('proSanteConnectFromAt'),
    column.optionalTime('strongMeansFromAt'),
    column.integer('strongMeansReached', { default: 0 }),
    column.integer('totpIsStrong', { default: 0 }),
    column.text('passkeyKind', 8, { default: "'any'" }),
    column.text('passkeyIdentity', 8, { default: "'any'" }),
    column.text('egressAddresses', 1_000, { isNullable: true }),
    column.integer('fourEyes', { default: 0 }),
    column.time('createdAt'),
    column.integer('version', { default: 1 }),
  ];
  return createTable(runner, 'structure', columns, [
    { name: 'structureNameKey', columnNames: ['nameKey'], isUnique: true },
    { name: 'structureSortKey', columnNames: ['sortKey', 'id'] },
    { name: 'structureFiness', columnNames: ['finess'], isUnique: true },
    { name: 'structureSiret', columnNames: ['siret'], isUnique: true },
    { name: 'structureStrongMeans', columnNames: ['strongMeansFromAt'] },
  ]);
}

async function createAccounts(runner: QueryRunner): Promise<void> {
  await createTable(runner, 'account', accountColumns(), [
    { name: 'accountUsernameKey', columnNames: ['usernameKey'], isUnique: true },
    { name: 'accountNationalId', columnNames: ['nationalId'], isUnique: true },
    { name: 'accountEmailKey', columnNames: ['emailKey', 'id'] },
    { name: 'accountDisplayNameKey', columnNames: ['displayNameKey', 'id'] },
    { name: 'accountStructureName', columnNames: ['structureId', 'displayNameKey', 'id'] },
    { name: 'accountStructureStatus', columnNames: ['structureId', 'status', 'displayNameKey', 'id'] },
    { name: 'accountStatusName', columnNames: ['status', 'displayNameKey', 'id'] },
    { name: 'accountLastSignedIn', columnNames: ['lastSignedInAt', 'id'] },
    { name: 'accountCreated', columnNames: ['createdAt', 'id'] },
    { name: 'accountNational', columnNames: ['national', 'status', 'id'] },
    { name: 'accountExternalId', columnNames: ['externalId', 'id'] },
    { name: 'accountAbsenceDue', columnNames: ['absenceDueAt', 'id'] },
  ]);
  const termColumns = [
    column.key('accountId', { isPrimary: true }),
    column.text('term', 48, { isPrimary: true }),
    column.key('structureId', OPTIONAL),
  ];
  await createTable(runner, 'accountTerm', termColumns, [
    { name: 'accountTermTerm', columnNames: ['term', 'accountId'] },
    { name: 'accountTermStructure', columnNames: ['structureId', 'term', 'accountId'] },
  ]);
}

function accountColumns() {
  return [
    column.id(),
    column.text('username', 64),
    column.text('usernameKey', 192),
    column.text('email', 254),
    column.text('emailKey', 254),
    column.text('displayName', 200),
    column.text('displayNameKey', 600),
    column.text('locale', 2),
    column.text('status', 12),
    column.text('roles', 255),
    column.key('structureId', OPTIONAL),
    column.text('phoneSealed', 255, OPTIONAL),
    column.optionalTime('phoneVerifiedAt'),
    column.text('codeChannel', 5),
    column.text('nationalId', 32, OPTIONAL),
    column.text('externalId', 255, OPTIONAL),
    column.text('passwordDigest', 255, OPTIONAL),
    column.optionalTime('passwordChangedAt'),
    column.optionalTime('lastSignedInAt'),
    column.time('createdAt'),
    column.integer('version'),
    column.integer('national', { default: 0 }),
    column.text('emergencyMeans', 20, OPTIONAL),
    column.optionalTime('emergencyUntilAt'),
    column.optionalTime('erasureRequestedAt'),
    column.optionalTime('invitedUntilAt'),
    column.optionalTime('strongMeansPromptedAt'),
    column.optionalTime('absenceDueAt'),
    column.integer('absenceStage', { default: 0 }),
  ];
}

async function createImports(runner: QueryRunner): Promise<void> {
  const importColumns = [
    column.id(),
    column.text('state', 12),
    column.text('mode', 12),
    column.text('whenInterrupted', 8),
    column.integer('dryRun'),
    column.key('actorId', OPTIONAL),
    column.key('structureId', OPTIONAL),
    column.integer('total'),
    column.key('leaseId', OPTIONAL),
    column.optionalTime('leaseUntilAt'),
    column.time('createdAt'),
    column.time('changedAt'),
  ];
  await createTable(runner, 'accountImport', importColumns, [
    { name: 'accountImportState', columnNames: ['state', 'id'] },
    { name: 'accountImportStructure', columnNames: ['structureId', 'id'] },
  ]);
  const lineColumns = [
    column.key('importId', { isPrimary: true }),
    column.integer('line', { isPrimary: true }),
    column.text('state', 8),
    column.text('usernameKey', 192),
    column.text('nationalId', 32, OPTIONAL),
    column.longText('content'),
    column.longText('problems', OPTIONAL),
    column.key('accountId', OPTIONAL),
  ];
  await createTable(runner, 'accountImportLine', lineColumns, [
    { name: 'accountImportLineState', columnNames: ['importId', 'state', 'line'] },
    { name: 'accountImportLineName', columnNames: ['importId', 'usernameKey'] },
    { name: 'accountImportLineNational', columnNames: ['importId', 'nationalId'] },
    { name: 'accountImportLineAccount', columnNames: ['accountId'] },
  ]);
}
