import type { Channel } from '@portillon/kernel';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { OtpSubjectEntity } from './otp-subject.repository';
import type { OtpPurpose, OtpChallenge } from './otp.types';
import type { OtpPolicy } from './otp.policy';

export type ChallengeState = 'OPEN' | 'USED' | 'EXPIRED' | 'REPLACED' | 'VOID';

/** A sent code. No index holds a column that changes, so that no two statements lock in opposite orders. */
@Entity('otpChallenge')
@Index('otpChallengeRound', ['purpose', 'binding', 'round'], { unique: true })
@Index('otpChallengeSubject', ['subjectId'])
@Index('otpChallengeDestination', ['destinationDigest', 'sentAt'])
@Index('otpChallengeSource', ['sourceDigest', 'sentAt'])
@Index('otpChallengePrefix', ['prefixDigest', 'sentAt'])
export class OtpChallengeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 24 })
  purpose!: OtpPurpose;

  @Column({ type: 'varchar', length: 64 })
  binding!: string;

  /** 1 for the first code of a binding, 2 for the next: the unique key lets one of two resends through. */
  @Column({ type: 'int' })
  round!: number;

  /** Codes sent in this binding since the last one that was used: the resend delay doubles with it. */
  @Column({ type: 'int' })
  sends!: number;

  @Column({ type: 'varchar', length: 64 })
  subjectId!: string;

  /** Set only when it was read with the challenge. No foreign key: an insert's check of it would lock the person's row. */
  @ManyToOne(() => OtpSubjectEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'subjectId' })
  subject?: OtpSubjectEntity | null;

  @Column({ type: 'varchar', length: 8 })
  channel!: Channel;

  @Column({ type: 'varchar', length: 320 })
  destinationHint!: string;

  @Column({ type: 'varchar', length: 128 })
  destinationDigest!: string;

  /** Digest of the address of the request, for limits by source. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  sourceDigest!: string | null;

  /** Digest of the number's prefix, for limits by prefix. */
  @Column({ type: 'varchar', length: 128, nullable: true })
  prefixDigest!: string | null;

  /** Since when limits ignore it: its message did not leave, or its limits were cleared. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  uncountedAt!: Date | null;

  /** Free text of the caller. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  context!: string | null;

  @Column({ type: 'varchar', length: 128 })
  codeDigest!: string;

  @Column({ type: 'int' })
  codeLength!: number;

  @Column({ type: 'varchar', length: 8 })
  reference!: string;

  @Column({ type: 'datetime', precision: 3 })
  sentAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  resendAvailableAt!: Date;

  @Column({ type: 'int' })
  tries!: number;

  @Column({ type: 'varchar', length: 8 })
  state!: ChallengeState;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}

/** Returns the public part of a challenge, without digests. */
export function toChallenge(row: OtpChallengeEntity, policy: OtpPolicy): OtpChallenge {
  return {
    id: row.id,
    purpose: row.purpose,
    subjectId: row.subjectId,
    binding: row.binding,
    channel: row.channel,
    destinationHint: row.destinationHint,
    reference: row.reference,
    sentAt: row.sentAt,
    expiresAt: row.expiresAt,
    resendAvailableAt: row.resendAvailableAt,
    attemptsLeft: attemptsLeft(row, policy),
    codeLength: row.codeLength,
  };
}

/** Number of codes that may still be tried against a challenge. */
export function attemptsLeft(row: Pick<OtpChallengeEntity, 'tries'>, policy: OtpPolicy): number {
  return Math.max(0, policy.options.triesPerCode - row.tries);
}
