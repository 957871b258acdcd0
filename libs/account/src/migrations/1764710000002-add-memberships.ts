import { addColumns, column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLE = 'membership';
const COLUMNS = [
  column.key('accountId', { isPrimary: true }),
  column.key('structureId', { isPrimary: true }),
  column.text('roles', 255),
  column.text('function', 80, { isNullable: true }),
  column.text('source', 13),
  column.text('externalId', 255, { isNullable: true }),
  column.time('sinceAt'),
  column.optionalTime('untilAt'),
  column.optionalTime('endedAt'),
  column.integer('version', { default: 1 }),
];
const INDICES = [
  { name: 'membershipStructure', columnNames: ['structureId', 'endedAt', 'accountId'] },
  { name: 'membershipExternalId', columnNames: ['structureId', 'externalId'] },
  { name: 'membershipUntil', columnNames: ['untilAt', 'accountId'] },
];

/** The structures in which a person works. The structure that manages an account is the first of them. */
export class AddMemberships1764710000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'account', [column.key('lastStructureId', { isNullable: true })]);
    await createTable(runner, TABLE, COLUMNS, INDICES);
    await runner.query(`INSERT INTO membership (accountId, structureId, roles, source, externalId, sinceAt, version)
      SELECT id, structureId, roles, CASE WHEN externalId IS NULL THEN 'console' ELSE 'scim' END, externalId, createdAt, 1
      FROM account WHERE structureId IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE);
    await runner.dropColumn('account', 'lastStructureId');
  }
}
