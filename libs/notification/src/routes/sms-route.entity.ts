import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `smsRoute`: what became of the SMS that one provider took in one hour. */
@Entity('smsRoute')
export class SmsRouteEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  provider!: string;

  @PrimaryColumn({ type: 'datetime', precision: 3 })
  hourAt!: Date;

  @Column({ type: 'int' })
  sent!: number;

  /** As the provider reports. */
  @Column({ type: 'int' })
  delivered!: number;

  /** As the provider reports. */
  @Column({ type: 'int' })
  undelivered!: number;

  /** How many of their codes were entered. */
  @Column({ type: 'int' })
  converted!: number;
}

/** The table `smsProvider`: until when a provider of SMS is tried last. */
@Entity('smsProvider')
export class SmsProviderEntity {
  /** Its name. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  passedOverUntilAt!: Date | null;
}
