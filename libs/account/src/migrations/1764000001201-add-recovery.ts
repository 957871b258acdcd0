import { column, createTable } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';

const COLUMNS = [column.optionalTime('absenceDueAt'), column.integer('absenceStage', { default: 0 })];
const ABSENCE_INDEX = new TableIndex({ name: 'accountAbsenceDue', columnNames: ['absenceDueAt', 'id'] });

export class AddRecovery1764000001201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'accountToken', tokenColumns(), [
      { name: 'accountTokenOfAccount', columnNames: ['accountId', 'kind'], isUnique: true },
      { name: 'accountTokenExpiry', columnNames: ['expiresAt'] },
    ]);
    await createTable(runner, 'resetRequest', [column.id(), column.longText('sealedRequest')]);
    await createTable(runner, 'emailChange', changeColumns(), [
      { name: 'emailChangeExpiry', columnNames: ['expiresAt'] },
      { name: 'emailChangeOfAccount', columnNames: ['accountId'] },
    ]);
    await runner.addColumns('account', added(runner));
    await runner.createIndex('account', ABSENCE_INDEX);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('account', ABSENCE_INDEX);
    await runner.dropColumns(
      'account',
      COLUMNS.map(({ name }) => name),
    );
    await runner.dropTable('emailChange');
    await runner.dropTable('resetRequest');
    await runner.dropTable('accountToken');
  }
}

function added(runner: QueryRunner): TableColumn[] {
  const embedded = runner.dataSource.options.type === 'better-sqlite3';
  return COLUMNS.map(
    (one) => new TableColumn(embedded && one.type === 'int' ? { ...one, type: 'integer' } : one),
  );
}

function tokenColumns() {
  return [
    column.id(),
    column.key('accountId'),
    column.text('kind', 16),
    column.text('secretDigest', 64, { isNullable: true }),
    column.time('issuedAt'),
    column.time('expiresAt'),
  ];
}

function changeColumns() {
  return [column.id('proofId'), column.key('accountId'), column.text('email', 254), column.time('expiresAt')];
}
