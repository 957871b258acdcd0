import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const optional = (name: string, length: number) => column.text(name, length, { isNullable: true });

/** What the law has the operator publish, and what a person confirmed of the setting up. */
export class CreateLegalNotice1764300007001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'legalNotice', [
      column.integer('id', { isPrimary: true }),
      optional('publisherName', 200),
      optional('publisherAddress', 300),
      optional('publisherPhone', 40),
      optional('publicationDirector', 200),
      optional('hostName', 200),
      optional('hostAddress', 300),
      optional('hostPhone', 40),
      optional('hostCertification', 200),
      optional('dataProtectionEmail', 254),
      column.text('accessibilityState', 8),
      optional('accessibilityAuditedOn', 10),
      optional('accessibilityAuditor', 200),
      optional('accessibilityEmail', 254),
      column.time('updatedAt'),
      column.integer('version'),
    ]);
    await createTable(runner, 'setupConfirmation', [
      column.text('step', 8, { isPrimary: true }),
      column.time('confirmedAt'),
      column.text('keyIds', 1000),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('setupConfirmation');
    await runner.dropTable('legalNotice');
  }
}
