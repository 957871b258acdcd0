import { MigrationInterface, QueryRunner } from 'typeorm';
import { column, createTable } from '@portillon/persistence';

export class CreateOtp1764000002001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTable(runner, 'otpSubject', [
      column.text('id', 64, { isPrimary: true }),
      column.integer('failures'),
      column.optionalTime('lockedUntilAt'),
    ]);
    await createTable(
      runner,
      'otpChallenge',
      [
        column.id(),
        column.text('purpose', 24),
        column.text('binding', 64),
        column.integer('round'),
        column.integer('sends'),
        column.text('subjectId', 64),
        column.text('channel', 8),
        column.text('destinationHint', 320),
        column.text('destinationDigest', 128),
        column.text('context', 255, { isNullable: true }),
        column.text('codeDigest', 128),
        column.integer('codeLength'),
        column.text('reference', 8),
        column.time('sentAt'),
        column.time('expiresAt'),
        column.time('resendAvailableAt'),
        column.integer('tries'),
        column.text('state', 8),
        column.optionalTime('endedAt'),
      ],
      [
        { name: 'otpChallengeRound', columnNames: ['purpose', 'binding', 'round'], isUnique: true },
        { name: 'otpChallengeSubject', columnNames: ['subjectId'] },
      ],
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('otpChallenge');
    await runner.dropTable('otpSubject');
  }
}
