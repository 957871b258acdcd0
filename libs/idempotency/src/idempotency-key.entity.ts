import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `idempotencyKey`: a creation that was requested under a key, and its answer. */
@Entity('idempotencyKey')
@Index('idempotencyKeyByAge', ['createdAt'])
export class IdempotencyKeyEntity {
  /** SHA-256 of the caller and the key, so that callers cannot share a key. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Keyed digest of the request, so that personal data of the body cannot be guessed from it. */
  @Column({ type: 'varchar', length: 128 })
  requestDigest!: string;

  /** Encrypted with the deployment's key; null while the creation is in progress. */
  @Column({ type: 'text', nullable: true })
  sealedAnswer!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;
}
