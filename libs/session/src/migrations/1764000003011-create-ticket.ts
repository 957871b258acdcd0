import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateTicket1764000003011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(
      runner,
      'ticket',
      [
        column.id(),
        column.text('purpose', 32),
        column.text('secretDigest', 64, { isNullable: true }),
        column.text('browserDigest', 64),
        column.longText('sealedContent', { isNullable: true }),
        column.time('expiresAt'),
      ],
      [{ name: 'ticketByExpiry', columnNames: ['expiresAt'] }],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('ticket');
  }
}
