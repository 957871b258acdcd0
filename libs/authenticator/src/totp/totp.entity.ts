import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `totp`: a person's authenticator app, one each. */
@Entity('totp')
@Index('totpByStart', ['confirmedAt', 'createdAt'])
export class TotpEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The secret that the app has too, with the person's id: sealed, so that neither is of use alone. */
  @Column({ type: 'varchar', length: 255 })
  secretSealed!: string;

  /** The time step of the latest code that was used: no code of it, or of an earlier one, is taken again. */
  @Column({ type: 'int' })
  lastStep!: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Null until the app has shown that it has the secret. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  confirmedAt!: Date | null;
}
