import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `rememberedBrowser`: one row per browser and person. */
@Entity('rememberedBrowser')
@Index('rememberedBrowserOfAccount', ['accountId', 'endedAt'])
@Index('rememberedBrowserByEnd', ['endedAt', 'lastUsedAt'])
export class TrustedDeviceEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** SHA-256 of the current secret; null once the browser is forgotten. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  /** SHA-256 of the previous secret. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  previousDigest!: string | null;

  /** SHA-256 of the secrets before that, the latest first, to detect a copy of the cookie. */
  @Column({ type: 'simple-json', nullable: true })
  formerDigests!: string[] | null;

  /** Salt that derived the current secret from the previous one. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  rotationSalt!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  rotatedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  codeAcceptedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  lastUsedAt!: Date;

  @Column({ type: 'varchar', length: 255 })
  userAgent!: string;

  @Column({ type: 'varchar', length: 45 })
  address!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  endReason!: string | null;
}
