import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** `RUNNING`: invites people in working hours. `PAUSED`: sends nothing. `ENDED`: sends nothing any more. */
export const WAVE_STATES = ['RUNNING', 'PAUSED', 'ENDED'] as const;
export type WaveState = (typeof WAVE_STATES)[number];

/** Why a wave is paused: too many mails bounced, or an administrator paused it. */
export const WAVE_PAUSES = ['bounces', 'administrator'] as const;
export type WavePause = (typeof WAVE_PAUSES)[number];

/** The table `invitationWave`: invitations that leave over days, at a pace. */
@Entity('invitationWave')
@Index('invitationWaveState', ['state', 'id'])
export class InvitationWaveEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'varchar', length: 36 })
  createdBy!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** First day, in Paris: `2026-11-30`. */
  @Column({ type: 'varchar', length: 10 })
  startsOn!: string;

  @Column({ type: 'int' })
  perHour!: number;

  /** Null: all structures begin on the first day. */
  @Column({ type: 'int', nullable: true })
  structuresPerDay!: number | null;

  /** End of the wave and of its invitations. */
  @Column({ type: 'datetime', precision: 3 })
  untilAt!: Date;

  @Column({ type: 'varchar', length: 8 })
  state!: WaveState;

  @Column({ type: 'varchar', length: 13, nullable: true })
  pausedReason!: WavePause | null;

  /** When the next turn is due. */
  @Column({ type: 'datetime', precision: 3 })
  nextAt!: Date;

  /** Invitations since this time count for the share that bounced: an administrator who resumes accepts the earlier ones. */
  @Column({ type: 'datetime', precision: 3 })
  countedFromAt!: Date;

  /** Since when those who have not answered are reminded; null: they are not. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  remindersAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}

/** The table `invitationWaveMember`: a person of a wave. The account has the sign-in and the bounces. */
@Entity('invitationWaveMember')
@Index('invitationWaveMemberDue', ['waveId', 'invitedAt', 'dueOn', 'accountId'])
@Index('invitationWaveMemberAccount', ['accountId'])
export class InvitationWaveMemberEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  waveId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  /** Day of the invitation, or a later one where the pace is too slow. */
  @Column({ type: 'varchar', length: 10 })
  dueOn!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  invitedAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  remindedAt!: Date | null;

  /** When the link was first opened. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  openedAt!: Date | null;
}
