import { column, createTable } from '@portillon/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const WAVE = 'invitationWave';
const WAVE_COLUMNS = [
  column.id(),
  column.text('name', 100),
  column.key('createdBy'),
  column.time('createdAt'),
  column.text('startsOn', 10),
  column.integer('perHour'),
  column.integer('structuresPerDay', { isNullable: true }),
  column.time('untilAt'),
  column.text('state', 8),
  column.text('pausedReason', 13, { isNullable: true }),
  column.time('nextAt'),
  column.time('countedFromAt'),
  column.optionalTime('remindersAt'),
  column.optionalTime('endedAt'),
];
const MEMBER = 'invitationWaveMember';
const MEMBER_COLUMNS = [
  column.id('waveId'),
  column.id('accountId'),
  column.key('structureId', { isNullable: true }),
  column.text('dueOn', 10),
  column.optionalTime('invitedAt'),
  column.optionalTime('remindedAt'),
  column.optionalTime('openedAt'),
];
const MEMBER_INDICES = [
  { name: 'invitationWaveMemberDue', columnNames: ['waveId', 'invitedAt', 'dueOn', 'accountId'] },
  { name: 'invitationWaveMemberAccount', columnNames: ['accountId'] },
];

/** Invitations that leave in waves. */
export class InviteInWaves1764730002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, WAVE, WAVE_COLUMNS, [
      { name: 'invitationWaveState', columnNames: ['state', 'id'] },
    ]);
    await createTable(runner, MEMBER, MEMBER_COLUMNS, MEMBER_INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(MEMBER);
    await runner.dropTable(WAVE);
  }
}
