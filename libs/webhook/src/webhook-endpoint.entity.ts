import { stringList } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { DisabledReason, WebhookEndpoint, WebhookEventType, WebhookStatus } from './webhook.types';

/** The table `webhookEndpoint`. */
@Entity('webhookEndpoint')
@Index('webhookEndpointOfStructure', ['structureId', 'id'])
export class WebhookEndpointEntity implements WebhookEndpoint {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  @Column({ type: 'varchar', length: 100 })
  name!: string;

  @Column({ type: 'varchar', length: 1000 })
  url!: string;

  @Column({ type: 'varchar', length: 500, transformer: stringList })
  events!: WebhookEventType[];

  @Column({ type: 'varchar', length: 8 })
  status!: WebhookStatus;

  @Column({ type: 'varchar', length: 16, nullable: true })
  disabledReason!: DisabledReason | null;

  @Column({ type: 'varchar', length: 255 })
  sealedSecret!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  previousSealedSecret!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  previousSecretUntil!: Date | null;

  @Column({ type: 'int' })
  version!: number;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt!: Date;
}
