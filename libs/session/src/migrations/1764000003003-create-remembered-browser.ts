import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateRememberedBrowser1764000003003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'rememberedBrowser',
      [
        column.id(),
        column.key('accountId'),
        column.text('secretDigest', 64, { isNullable: true }),
        column.text('previousDigest', 64, { isNullable: true }),
        column.text('rotationSalt', 64, { isNullable: true }),
        column.time('rotatedAt'),
        column.time('codeAcceptedAt'),
        column.time('createdAt'),
        column.time('lastUsedAt'),
        column.text('userAgent', 255),
        column.text('address', 45),
        column.optionalTime('endedAt'),
        column.text('endReason', 64, { isNullable: true }),
      ],
      [
        { name: 'rememberedBrowserOfAccount', columnNames: ['accountId', 'endedAt'] },
        { name: 'rememberedBrowserByEnd', columnNames: ['endedAt', 'lastUsedAt'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('rememberedBrowser');
  }
}
