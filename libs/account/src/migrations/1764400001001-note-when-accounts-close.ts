import { column } from '@portillon/persistence';
import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm';

const TABLE = 'account';
const TIMES = ['closedAt', 'erasureDueAt'];
const INDICES = [
  { name: 'accountClosed', columnNames: ['closedAt', 'id'] },
  { name: 'accountErasureDue', columnNames: ['erasureDueAt', 'id'] },
].map((options) => new TableIndex(options));

/**
 * Closed accounts are erased after a time. Null in one that is closed: it was before this is noted, or by a server of the
 * release before; the look at unused accounts notes it within 30 days.
 */
export class NoteWhenAccountsClose1764400001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of TIMES) await runner.addColumn(TABLE, new TableColumn(column.optionalTime(name)));
    await runner.createIndices(TABLE, INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndices(TABLE, INDICES);
    for (const name of TIMES) await runner.dropColumn(TABLE, name);
  }
}
