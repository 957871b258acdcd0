import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `passwordAttempt`: what was tried under one name, from anywhere or from one known browser. */
@Entity('passwordAttempt')
@Index('passwordAttemptLast', ['lastAttemptAt'])
export class PasswordAttemptEntity {
  /** Keyed digest of the normalised name: people type their password in the wrong field. */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  nameDigest!: string;

  /** Empty for every browser that is not known. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  browserId!: string;

  /** Failures since the last success, the attempt in hand included. */
  @Column({ type: 'int' })
  consecutive!: number;

  @Column({ type: 'datetime', precision: 3 })
  nextAttemptAt!: Date;

  /** When the latest 25 attempts were made, as `latest-attempts.ts` writes and reads them. */
  @Column({ type: 'varchar', length: 325 })
  latest!: string;

  @Column({ type: 'datetime', precision: 3 })
  lastAttemptAt!: Date;

  /** Until when the last lock lasts that the journal has; nothing while it has none. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lockNotedUntilAt!: Date | null;
}
