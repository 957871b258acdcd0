import { column, createTable } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';

/** A request travels sealed in its state; what is kept is that it came back (docs/adr/0014). Its rows live minutes. */
export class NarrowPscRequest1764000007011 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return renew(runner, USED);
  }

  down(runner: QueryRunner): Promise<void> {
    return renew(runner, KEPT);
  }
}

async function renew(runner: QueryRunner, columns: TableColumnOptions[]): Promise<void> {
  await runner.dropTable('pscRequest');
  await createTable(runner, 'pscRequest', columns, [
    { name: 'pscRequestByExpiry', columnNames: ['expiresAt'] },
  ]);
}

const USED = [column.id(), column.time('expiresAt')];
const KEPT = [
  column.id(),
  column.text('stateDigest', 64),
  column.text('browserDigest', 128),
  column.longText('secretsSealed'),
  column.longText('returnTo'),
  column.time('expiresAt'),
  column.optionalTime('consumedAt'),
];
