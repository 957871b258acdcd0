import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DeliveryFailure, DeliveryState, WebhookDelivery } from './webhook.types';

/** The table `webhookDelivery`: the outbox, and its results. The id grows with time (UUIDv7). */
@Entity('webhookDelivery')
@Index('webhookDeliveryDue', ['state', 'dueAt'])
@Index('webhookDeliveryOfEndpoint', ['endpointId', 'id'])
@Index('webhookDeliveryDueOfEndpoint', ['endpointId', 'state', 'dueAt'])
export class WebhookDeliveryEntity implements WebhookDelivery {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  endpointId!: string;

  @Column({ type: 'varchar', length: 64 })
  type!: string;

  @Column({ type: 'text' })
  payload!: string;

  @Column({ type: 'varchar', length: 16 })
  state!: DeliveryState;

  @Column({ type: 'int' })
  attempts!: number;

  /** pending: earliest time of sending. sending: end of the claim. Settled: null. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  /** Id of the call that claimed it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  claimedBy!: string | null;

  @Column({ type: 'int', nullable: true })
  lastStatus!: number | null;

  @Column({ type: 'varchar', length: 32, nullable: true })
  lastFailure!: DeliveryFailure | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  settledAt!: Date | null;
}
