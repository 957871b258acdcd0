import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `usedChallenge`: answered challenges, so that none is answered twice. */
@Entity('usedChallenge')
@Index('usedChallengeByExpiry', ['expiresAt'])
export class UsedChallengeEntity {
  /** SHA-256 of the challenge. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
