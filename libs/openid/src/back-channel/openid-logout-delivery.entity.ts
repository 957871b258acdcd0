import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `openidLogoutDelivery`: the applications that are still to be notified of the end of a session. */
@Entity('openidLogoutDelivery')
@Index('openidLogoutDeliveryDue', ['dueAt'])
@Index('openidLogoutDeliveryDueOfApplication', ['applicationId', 'dueAt'])
@Index('openidLogoutDeliveryByAge', ['createdAt'])
export class OpenidLogoutDeliveryEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sessionId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  applicationId!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 64 })
  sid!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'int' })
  attempts!: number;

  /** When it is tried next; null once it was delivered, or given up. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  deliveredAt!: Date | null;

  /** Why the latest try failed: a status, or a word. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  failure!: string | null;
}
