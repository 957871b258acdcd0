import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationSecret`: what an application proves itself by, as a digest. */
@Entity('applicationSecret')
@Index('applicationSecretSlot', ['applicationId', 'slot'], { unique: true })
@Index('applicationSecretExpiry', ['expiresAt'])
export class ApplicationSecretEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** 1 or 2: an application has two places for a secret, so that no race gives it three. */
  @Column({ type: 'int' })
  slot!: number;

  /** SHA-256 of the secret. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Null: until it is ended. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  expiresAt!: Date | null;

  /** To the minute. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
