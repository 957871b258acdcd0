import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHANGES = 'directoryChange';
const FEED = 'directoryFeed';
const CHANGE_COLUMNS = [
  column.id(),
  column.text('changeKey', 64),
  column.key('accountId', { isNullable: true }),
  column.key('structureId'),
  column.text('kind', 16),
  column.text('details', 1000),
  column.time('foundAt'),
  column.optionalTime('decidedAt'),
  column.key('decidedBy', { isNullable: true }),
  column.text('decision', 9, { isNullable: true }),
  column.text('reason', 128, { isNullable: true }),
];
const CHANGE_INDICES = [
  { name: 'directoryChangeOnce', columnNames: ['changeKey'], isUnique: true },
  { name: 'directoryChangeStructure', columnNames: ['structureId', 'decidedAt', 'id'] },
  { name: 'directoryChangeAccount', columnNames: ['accountId', 'decidedAt', 'kind'] },
  { name: 'directoryChangeDecided', columnNames: ['decidedAt', 'id'] },
];
const FEED_COLUMNS = [
  column.id(),
  column.text('stage', 10, { isNullable: true }),
  column.key('afterId', { isNullable: true }),
  column.optionalTime('startedAt'),
  column.optionalTime('sinceAt'),
  column.key('leaseId', { isNullable: true }),
  column.optionalTime('leaseUntilAt'),
  column.optionalTime('waitUntilAt'),
  column.integer('failures', { default: 0 }),
];

/** Changes that the national directory shows, which administrators decide, and where its reading stopped. */
export class FollowTheDirectory1764730003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, CHANGES, CHANGE_COLUMNS, CHANGE_INDICES);
    await createTable(runner, FEED, FEED_COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(FEED);
    await runner.dropTable(CHANGES);
  }
}
