import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationSecret`: digests of the secrets of applications. */
@Entity('applicationSecret')
@Index('applicationSecretSlot', ['applicationId', 'slot'], { unique: true })
@Index('applicationSecretExpiry', ['expiresAt'])
export class ApplicationSecretEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** 1 or 2: an application has two slots, so that a race cannot create a third secret. */
  @Column({ type: 'int' })
  slot!: number;

  /** SHA-256 of the secret. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Null: no expiry. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** Precise to the minute. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
