import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

const INDICES: [name: string, columnNames: string[]][] = [
  ['auditEventActor', ['actorId', 'id']],
  ['auditEventName', ['name', 'outcome', 'id']],
  ['auditEventStructure', ['structureId', 'id']],
  ['auditEventStructureName', ['structureId', 'name', 'outcome', 'id']],
  ['auditEventSeal', ['sealSequence', 'id']],
];

export class SealAudit1764000005002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const embedded = runner.dataSource.options.type === 'better-sqlite3';
    await runner.addColumns('auditEvent', [
      new TableColumn(column.text('mark', 100, { isNullable: true })),
      new TableColumn({ name: 'sealSequence', type: embedded ? 'integer' : 'int', isNullable: true }),
    ]);
    for (const [name, columnNames] of INDICES)
      await runner.createIndex('auditEvent', new TableIndex({ name, columnNames }));
    await createTable(runner, 'auditSeal', [
      column.integer('sequence', { isPrimary: true }),
      column.key('firstId', { isNullable: true }),
      column.key('lastId', { isNullable: true }),
      column.integer('lineCount'),
      column.integer('unmarkedCount'),
      column.time('youngestAt'),
      column.text('linesDigest', 64),
      column.integer('purgedThrough'),
      column.text('previousDigest', 64),
      column.time('sealedAt'),
      column.text('digest', 64),
      column.text('signature', 100),
    ]);
    await createTable(runner, 'auditCounter', [
      column.text('structureId', 64, { isPrimary: true }),
      column.text('day', 10, { isPrimary: true }),
      column.text('metric', 32, { isPrimary: true }),
      column.text('means', 32, { isPrimary: true }),
      column.text('channel', 16, { isPrimary: true }),
      column.integer('total'),
    ]);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('auditCounter');
    await runner.dropTable('auditSeal');
    for (const [name] of INDICES) await runner.dropIndex('auditEvent', name);
    await runner.dropColumns('auditEvent', ['mark', 'sealSequence']);
  }
}
