import { column, createTable } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

const COLUMNS = 'id, accountId, requestedBy, requestedAt, effectiveAt';
const TIMES = ['administrationChangedAt', 'accessChangedAt'];

/**
 * When an account began or ceased to administer, and when an administrator changed what opens it: null reads as long ago.
 * What waits moves from `pendingEmail` to a table of every kind. The former table stays, empty, for servers of the release
 * before; what they add to it meanwhile does not take effect.
 */
export class HoldChangesForASecondAdministrator1764110003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of TIMES) await runner.addColumn('account', new TableColumn(column.optionalTime(name)));
    await createPendingChanges(runner);
    await runner.query(`INSERT INTO pendingChange (${COLUMNS}, kind, value)
      SELECT ${COLUMNS}, 'email', email FROM pendingEmail`);
    await runner.query('DELETE FROM pendingEmail');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO pendingEmail (${COLUMNS}, email)
      SELECT ${COLUMNS}, value FROM pendingChange WHERE kind = 'email'`);
    await runner.dropTable('pendingChange');
    for (const name of TIMES) await runner.dropColumn('account', name);
  }
}

function createPendingChanges(runner: QueryRunner): Promise<void> {
  const columns = [
    column.id(),
    column.key('accountId'),
    column.text('kind', 12),
    column.text('value', 255),
    column.key('requestedBy'),
    column.time('requestedAt'),
    column.time('effectiveAt'),
  ];
  return createTable(runner, 'pendingChange', columns, [
    { name: 'pendingChangeOfAccount', columnNames: ['accountId', 'kind'], isUnique: true },
    { name: 'pendingChangeEffective', columnNames: ['effectiveAt', 'id'] },
  ]);
}
