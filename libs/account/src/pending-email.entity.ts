import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `pendingEmail`: an address that an administrator wants for an account, before it takes effect. */
@Entity('pendingEmail')
@Index('pendingEmailOfAccount', ['accountId'], { unique: true })
@Index('pendingEmailEffective', ['effectiveAt', 'id'])
export class PendingEmailEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 254 })
  email!: string;

  /** The administrator's account. */
  @Column({ type: 'varchar', length: 36 })
  requestedBy!: string;

  @Column({ type: 'datetime', precision: 3 })
  requestedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  effectiveAt!: Date;
}
