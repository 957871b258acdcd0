import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ImportAccounts1764000001301 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'accountImport', importColumns(), [
      { name: 'accountImportState', columnNames: ['state', 'id'] },
      { name: 'accountImportStructure', columnNames: ['structureId', 'id'] },
    ]);
    await createTable(runner, 'accountImportLine', lineColumns(), [
      { name: 'accountImportLineState', columnNames: ['importId', 'state', 'line'] },
      { name: 'accountImportLineName', columnNames: ['importId', 'usernameKey'] },
      { name: 'accountImportLineNational', columnNames: ['importId', 'nationalId'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('accountImportLine');
    await runner.dropTable('accountImport');
  }
}

function importColumns() {
  return [
    column.id(),
    column.text('state', 12),
    column.text('mode', 12),
    column.text('whenInterrupted', 8),
    column.integer('dryRun'),
    column.key('actorId', { isNullable: true }),
    column.key('structureId', { isNullable: true }),
    column.integer('total'),
    column.key('leaseId', { isNullable: true }),
    column.optionalTime('leaseUntilAt'),
    column.time('createdAt'),
    column.time('changedAt'),
  ];
}

function lineColumns() {
  return [
    column.key('importId', { isPrimary: true }),
    column.integer('line', { isPrimary: true }),
    column.text('state', 8),
    column.text('usernameKey', 192),
    column.text('nationalId', 32, { isNullable: true }),
    column.longText('content'),
    column.longText('problems', { isNullable: true }),
    column.key('accountId', { isNullable: true }),
  ];
}
