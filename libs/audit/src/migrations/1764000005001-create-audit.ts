import { MigrationInterface, QueryRunner, TableIndexOptions } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const OPTIONAL = { isNullable: true };

const EVENT_COLUMNS = [
  column.id(),
  column.time('happenedAt'),
  column.text('name', 64),
  column.text('outcome', 8),
  column.text('accountId', 64, OPTIONAL),
  column.text('actorId', 64, OPTIONAL),
  column.text('structureId', 64, OPTIONAL),
  column.text('means', 32, OPTIONAL),
  column.text('channel', 16, OPTIONAL),
  column.text('address', 64, OPTIONAL),
  column.text('device', 256, OPTIONAL),
  column.text('requestId', 64, OPTIONAL),
  column.text('reason', 128, OPTIONAL),
  column.longText('data', OPTIONAL),
  column.text('mark', 100, OPTIONAL),
  column.integer('sealSequence', OPTIONAL),
];

/** Each ends in the id, so that the newest lines of a filter are the end of a range. */
const EVENT_INDICES: TableIndexOptions[] = [
  { name: 'auditEventAccount', columnNames: ['accountId', 'id'] },
  { name: 'auditEventActor', columnNames: ['actorId', 'id'] },
  { name: 'auditEventName', columnNames: ['name', 'outcome', 'id'] },
  { name: 'auditEventStructure', columnNames: ['structureId', 'id'] },
  { name: 'auditEventStructureName', columnNames: ['structureId', 'name', 'outcome', 'id'] },
  { name: 'auditEventRequest', columnNames: ['requestId', 'id'] },
  { name: 'auditEventSeal', columnNames: ['sealSequence', 'id'] },
];

const SEAL_COLUMNS = [
  column.integer('sequence', { isPrimary: true }),
  column.key('firstId', OPTIONAL),
  column.key('lastId', OPTIONAL),
  column.integer('lineCount'),
  column.integer('unmarkedCount'),
  column.time('youngestAt'),
  column.text('linesDigest', 64),
  column.integer('purgedThrough'),
  column.text('previousDigest', 64),
  column.time('sealedAt'),
  column.text('digest', 64),
  column.text('signature', 100),
];

const COUNTER_COLUMNS = [
  column.text('structureId', 64, { isPrimary: true }),
  column.text('day', 10, { isPrimary: true }),
  column.text('metric', 32, { isPrimary: true }),
  column.text('means', 32, { isPrimary: true }),
  column.text('channel', 16, { isPrimary: true }),
  column.integer('total'),
];

export class CreateAudit1764000005001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'auditEvent', EVENT_COLUMNS, EVENT_INDICES);
    await createTable(runner, 'auditSeal', SEAL_COLUMNS);
    await createTable(runner, 'auditCounter', COUNTER_COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['auditCounter', 'auditSeal', 'auditEvent']) await runner.dropTable(table);
  }
}
