import { addColumns, column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS = [
  column.text('displayName', 80, { isNullable: true }),
  column.text('logo', 64, { isNullable: true }),
  column.text('accent', 7, { isNullable: true }),
];

/** What a structure is recognised by: a name, a logo that is named by its content, a colour. */
export class GiveStructuresAFace1764300006002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, 'structure', COLUMNS);
    const columns = [column.id('structureId'), column.text('digest', 64), column.longText('svg')];
    await createTable(runner, 'structureLogo', columns, [
      { name: 'structureLogoDigest', columnNames: ['digest'] },
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('structureLogo');
    for (const { name } of COLUMNS) await runner.dropColumn('structure', name);
  }
}
