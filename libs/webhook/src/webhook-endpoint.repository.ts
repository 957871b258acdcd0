import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, MoreThan, Repository } from 'typeorm';
import { WebhookEndpointEntity } from './webhook-endpoint.entity';
import type { DisabledReason, EndpointRange } from './webhook.types';

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

  /** The endpoints of one structure, or of all when it is nothing, the oldest first, from the one after `cursor` on. */
  page({ structureId, cursor, limit }: EndpointRange): Promise<WebhookEndpointEntity[]> {
    const where = { ...(structureId ? { structureId } : {}), ...(cursor ? { id: MoreThan(cursor) } : {}) };
    return this.of().find({ where, order: { id: 'ASC' }, take: limit });
  }

  /** How many belong to one structure, or to the operator. */
  countOf(structureId: string | null, tx: EntityManager): Promise<number> {
    return this.of(tx).countBy({ structureId: structureId ?? IsNull() });
  }

  /** Those that hear of what happens in a structure: its own, and the operator's. */
  listening(structureId: string | null, tx: EntityManager): Promise<WebhookEndpointEntity[]> {
    const active = { status: 'active' } as const;
    const where = [
      { ...active, structureId: IsNull() },
      ...(structureId ? [{ ...active, structureId }] : []),
    ];
    return this.of(tx).findBy(where);
  }

  /** Changes the endpoint as it was at `version`. */
  async change(
    id: string,
    version: number,
    changes: Partial<WebhookEndpointEntity>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, version }, { ...changes, version: version + 1 }));
  }

  /** Whether it was active until now. */
  async disable(id: string, disabledReason: DisabledReason, now: Date, tx: EntityManager): Promise<boolean> {
    const changes = { status: 'disabled', disabledReason, updatedAt: now } as const;
    const next = { ...changes, version: () => 'version + 1' };
    return exactlyOne(await this.of(tx).update({ id, status: 'active' }, next));
  }

  async remove(id: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }
}
