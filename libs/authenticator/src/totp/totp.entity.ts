import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `totp`: a person's authenticator app, one each. */
@Entity('totp')
@Index('totpByStart', ['confirmedAt', 'createdAt'])
export class TotpEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The secret of the app, encrypted with the account id, so that it is useless in another row. */
  @Column({ type: 'varchar', length: 255 })
  secretSealed!: string;

  /** The time step of the latest used code: no code of it, or of an earlier step, is accepted again. */
  @Column({ type: 'int' })
  lastStep!: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Null until the app has shown that it has the secret. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  confirmedAt!: Date | null;
}
