import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `idempotencyKey`: a creation that was asked for under a key, and what was answered. */
@Entity('idempotencyKey')
@Index('idempotencyKeyByAge', ['createdAt'])
export class IdempotencyKeyEntity {
  /** SHA-256 of the caller and the key: one caller's key is never another's. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Keyed digest of what was asked for: what a body says of a person cannot be guessed from it. */
  @Column({ type: 'varchar', length: 128 })
  requestDigest!: string;

  /** Readable with the deployment's key only; null while the creation is in progress. */
  @Column({ type: 'text', nullable: true })
  sealedAnswer!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;
}
