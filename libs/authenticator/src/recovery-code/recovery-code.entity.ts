import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `recoveryCode`: the set that a person printed, without the codes. */
@Entity('recoveryCode')
export class RecoveryCodeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** Its place in the set, from 0. */
  @PrimaryColumn({ type: 'int' })
  position!: number;

  /** Keyed, over the person, the place and the code. */
  @Column({ type: 'varchar', length: 128 })
  digest!: string;

  /** When the set was made. */
  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  usedAt!: Date | null;
}
