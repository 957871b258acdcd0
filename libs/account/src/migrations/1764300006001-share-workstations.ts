import { addColumns, column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { networkOf } from '../structures/structure-network';

const TABLE = 'structureNetwork';
const RULE = 'sharedWorkstations';

interface Named {
  id: string;
  egressAddresses: string;
}

/** Whether a structure's workstations are shared, and each of its addresses as a key, to be found before anybody is known. */
export class ShareWorkstations1764300006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'structure', [column.integer(RULE, { default: 0 })]);
    const columns = [
      column.text('network', 43, { isPrimary: true }),
      column.key('structureId', { isPrimary: true }),
    ];
    await createTable(runner, TABLE, columns, [
      { name: 'structureNetworkOfStructure', columnNames: ['structureId'] },
    ]);
    const named = (await runner.query(
      'SELECT id, egressAddresses FROM structure WHERE egressAddresses IS NOT NULL',
    )) as Named[];
    for (const structure of named) await keep(runner, structure);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(TABLE);
    await runner.dropColumn('structure', RULE);
  }
}

async function keep(runner: QueryRunner, { id, egressAddresses }: Named): Promise<void> {
  const networks = new Set(egressAddresses.split(' ').flatMap((one) => networkOf(one) ?? []));
  for (const network of networks)
    await runner.query(`INSERT INTO ${TABLE} (network, structureId) VALUES (?, ?)`, [network, id]);
}
