import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `passwordAttempt`: attempts under one name, from one trusted device or from all other browsers. */
@Entity('passwordAttempt')
@Index('passwordAttemptLast', ['lastAttemptAt'])
export class PasswordAttemptEntity {
  /** Keyed digest of the normalised name, since people type their password in the wrong field. */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  nameDigest!: string;

  /** Empty for browsers that are not trusted. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  browserId!: string;

  /** Failures since the last success, the current attempt included. */
  @Column({ type: 'int' })
  consecutive!: number;

  @Column({ type: 'datetime', precision: 3 })
  nextAttemptAt!: Date;

  /** Times of the latest 25 attempts, in the format of `attempt-delay.policy.ts`. */
  @Column({ type: 'varchar', length: 325 })
  latest!: string;

  @Column({ type: 'datetime', precision: 3 })
  lastAttemptAt!: Date;

  /** End of the last lock that the journal has recorded; null without one. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lockNotedUntilAt!: Date | null;
}
