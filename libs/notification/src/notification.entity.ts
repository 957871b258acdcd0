import type { Channel } from '@portillon/kernel';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { NotificationState } from './notification.types';

/** The table `notification`: a message, its encrypted payload until it has left, and its entry in the delivery log. */
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

  /**
   * Encrypted payload of a queued message, deleted when it is settled; null for an immediate one, which only its
   * writer holds.
   */
  @Column({ type: 'text', nullable: true })
  payload!: string | null;

  /** Id of the key that encrypted it: an instance without that key leaves the message to another. */
  @Column({ type: 'varchar', length: 32 })
  keyId!: string;

  /** Number of claims. */
  @Column({ type: 'int' })
  rounds!: number;

  /** Id of the call that claimed it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  claimedBy!: string | null;

  /** PENDING: earliest time of sending. SENDING: end of the claim. Settled: null. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  /** After this instant it is of no use and is not sent. */
  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  settledAt!: Date | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  provider!: string | null;

  /** The provider's id of the message. */
  @Column({ type: 'varchar', length: 191, nullable: true })
  reference!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  reason!: string | null;

  /** The provider's later report on the message, in its word: `delivered`, `undelivered`. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  report!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  reportedAt!: Date | null;

  /** When the recipient entered the code that the message carries. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  answeredAt!: Date | null;
}
