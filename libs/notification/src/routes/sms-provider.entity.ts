import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `smsProvider`: until when a provider of SMS is tried last. */
@Entity('smsProvider')
export class SmsProviderEntity {
  /** Its name. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  passedOverUntilAt!: Date | null;
}
