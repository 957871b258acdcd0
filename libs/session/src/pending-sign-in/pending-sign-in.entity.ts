import { stringList } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Principal, SessionMeans } from '../session/session.types';

/** The table `signIn`. */
@Entity('signIn')
@Index('signInOfAccount', ['accountId', 'endedAt'])
@Index('signInByExpiry', ['expiresAt'])
export class PendingSignInEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** SHA-256 of the secret; null as soon as the sign-in has ended. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'simple-json' })
  principal!: Principal;

  @Column({ type: 'varchar', length: 32 })
  means!: SessionMeans;

  /** Words of RFC 8176. */
  @Column({ type: 'varchar', length: 255, transformer: stringList })
  amr!: string[];

  @Column({ type: 'varchar', length: 36, nullable: true })
  browserId!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  startedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}
