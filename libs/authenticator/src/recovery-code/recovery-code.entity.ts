import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `recoveryCode`: digests of a person's set of codes. */
@Entity('recoveryCode')
export class RecoveryCodeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** Position in the set, from 0. */
  @PrimaryColumn({ type: 'int' })
  position!: number;

  /** Keyed digest of the account, the position and the code. */
  @Column({ type: 'varchar', length: 128 })
  digest!: string;

  /** When the set was made. */
  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  usedAt!: Date | null;
}
