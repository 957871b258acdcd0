import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `emailChange`: an address that an account holder asked for and has not proved yet. */
@Entity('emailChange')
@Index('emailChangeExpiry', ['expiresAt'])
@Index('emailChangeOfAccount', ['accountId'])
export class EmailChangeEntity {
  /** The challenge whose code was sent to the address. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  proofId!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 254 })
  email!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
