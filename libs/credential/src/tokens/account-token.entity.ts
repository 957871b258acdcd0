import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `accountToken`: one row per person and kind, the latest token of that kind. */
@Entity('accountToken')
@Index('accountTokenOfAccount', ['accountId', 'kind'], { unique: true })
@Index('accountTokenExpiry', ['expiresAt'])
export class AccountTokenEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 16 })
  kind!: string;

  /** SHA-256 of the secret; null as soon as the token was used, voided or found expired. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  issuedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  /** The caller's own, as it was given. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  context!: string | null;
}
