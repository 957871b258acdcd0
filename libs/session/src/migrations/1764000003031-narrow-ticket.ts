import { column, createTable } from '@portillon/persistence';
import { MigrationInterface, QueryRunner, TableColumnOptions } from 'typeorm';

/** A ticket travels sealed; what is kept is that it was used (docs/adr/0014). Its rows live a minute. */
export class NarrowTicket1764000003031 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return renew(runner, USED);
  }

  down(runner: QueryRunner): Promise<void> {
    return renew(runner, KEPT);
  }
}

async function renew(runner: QueryRunner, columns: TableColumnOptions[]): Promise<void> {
  await runner.dropTable('ticket');
  await createTable(runner, 'ticket', columns, [{ name: 'ticketByExpiry', columnNames: ['expiresAt'] }]);
}

const USED = [column.id(), column.time('expiresAt')];
const KEPT = [
  column.id(),
  column.text('purpose', 32),
  column.text('secretDigest', 64, { isNullable: true }),
  column.text('browserDigest', 64),
  column.longText('sealedContent', { isNullable: true }),
  column.time('expiresAt'),
];
