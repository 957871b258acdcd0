import type { Channel } from '@portillon/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { NotificationState } from './notification.types';

/** The table `notification`: one message, its sealed payload until it left, and the entry of the delivery log that stays. */
@Entity('notification')
@Index('notificationDue', ['state', 'dueAt'])
@Index('notificationOfAccount', ['accountId', 'id'])
@Index('notificationReference', ['reference'])
export class NotificationEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 64 })
  kind!: string;

  @Column({ type: 'varchar', length: 8 })
  channel!: Channel;

  @Column({ type: 'varchar', length: 36, nullable: true })
  accountId!: string | null;

  @Column({ type: 'varchar', length: 128 })
  destinationDigest!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: NotificationState;

  /** One for later, sealed; wiped when it is settled. One for now is in its writer's hand alone. */
  @Column({ type: 'text', nullable: true })
  payload!: string | null;

  /** Which key sealed it: an instance that has not got it leaves the message to one that has. */
  @Column({ type: 'varchar', length: 32 })
  keyId!: string;

  /** How many times it was claimed. */
  @Column({ type: 'int' })
  rounds!: number;

  /** Which call claimed it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  claimedBy!: string | null;

  /** PENDING: not before. SENDING: when the claim ends. Settled: nothing. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  /** After this instant it is of no use any more and is not sent. */
  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  settledAt!: Date | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  provider!: string | null;

  /** The provider's own name for the message. */
  @Column({ type: 'varchar', length: 191, nullable: true })
  reference!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reason!: string | null;

  /** What the provider said later of a message it took, in its own word: `delivered`, `undelivered`. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  report!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  reportedAt!: Date | null;

  /** When the recipient entered the code that the message carries. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  answeredAt!: Date | null;
}
