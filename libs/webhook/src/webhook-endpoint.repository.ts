import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne, stringList } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  MoreThan,
  Or,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';
import type {
  DisabledReason,
  EndpointRange,
  WebhookEndpoint,
  WebhookEventType,
  WebhookStatus,
} from './webhook.types';

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

export type ListeningEndpoint = Pick<WebhookEndpointEntity, 'id' | 'structureId' | 'events' | 'createdAt'>;

/** The table `webhookEndpoint`. */
@Injectable()
export class WebhookEndpointRepository extends EntityRepository<WebhookEndpointEntity> {
  constructor(@InjectRepository(WebhookEndpointEntity) rows: Repository<WebhookEndpointEntity>) {
    super(rows);
  }

  async insert(endpoint: WebhookEndpointEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(endpoint);
  }

  find(id: string, tx?: EntityManager): Promise<WebhookEndpointEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Endpoints of one structure, or of all without one, oldest first, after `cursor`. */
  page({ structureIds, cursor, limit }: EndpointRange): Promise<WebhookEndpointEntity[]> {
    const where = {
      ...(structureIds ? { structureId: In(structureIds) } : {}),
      ...(cursor ? { id: MoreThan(cursor) } : {}),
    };
    return this.of().find({ where, order: { id: 'ASC' }, take: limit });
  }

  /** Endpoints of one structure, or of the operator, with this name. */
  named(structureId: string | null, name: string, tx: EntityManager): Promise<WebhookEndpointEntity[]> {
    return this.of(tx).find({
      where: { structureId: structureId ?? IsNull(), name },
      order: { id: 'ASC' },
    });
  }

  /** Number of endpoints of one structure, or of the operator. */
  countByStructure(structureId: string | null, tx: EntityManager): Promise<number> {
    return this.of(tx).countBy({ structureId: structureId ?? IsNull() });
  }

  /** Active endpoints for events of these structures: those of the structures, and the operator's. */
  findListening(structureIds: readonly (string | null)[], tx: EntityManager): Promise<ListeningEndpoint[]> {
    const ids = structureIds.filter((id) => id !== null);
    return this.of(tx).find({
      select: { id: true, structureId: true, events: true, createdAt: true },
      where: { status: 'active', structureId: Or(IsNull(), In(ids)) },
    });
  }

  /** Changes the endpoint if it has this `version`. */
  async change(
    id: string,
    version: number,
    changes: Partial<WebhookEndpointEntity>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, version }, { ...changes, version: version + 1 }));
  }

  /** Disables the endpoint. Returns whether it was active. */
  async disable(id: string, disabledReason: DisabledReason, now: Date, tx: EntityManager): Promise<boolean> {
    const changes = { status: 'disabled', disabledReason, updatedAt: now } as const;
    const next = { ...changes, version: () => 'version + 1' };
    return exactlyOne(await this.of(tx).update({ id, status: 'active' }, next));
  }

  async remove(id: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }
}
