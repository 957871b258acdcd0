import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lowestId } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  LessThan,
  LessThanOrEqual,
  MoreThan,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';
import type { DeliveryFailure, DeliveryState, WebhookHealth, WebhookDelivery } from './webhook.types';

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

/** The sender of a delivery, and the end of its claim, after which it counts as dead. */
export interface DeliveryClaim {
  by: string;
  endsAt: Date;
}

/** Result of a try. */
export interface TryResult {
  lastStatus: number | null;
  lastFailure: DeliveryFailure | null;
}

/** A range of an endpoint's deliveries. */
export interface DeliveryRange {
  state?: DeliveryState;
  cursor?: string;
}

const SETTLED: DeliveryState[] = ['delivered', 'failed'];

/** The table `webhookDelivery`. Each change of state is one guarded UPDATE: one of several concurrent callers succeeds. */
@Injectable()
export class WebhookDeliveryRepository extends EntityRepository<WebhookDeliveryEntity> {
  constructor(@InjectRepository(WebhookDeliveryEntity) rows: Repository<WebhookDeliveryEntity>) {
    super(rows);
  }

  async insert(deliveries: WebhookDeliveryEntity[], tx?: EntityManager): Promise<void> {
    await this.of(tx).insert(deliveries);
  }

  find(id: string, tx?: EntityManager): Promise<WebhookDeliveryEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Newest first. */
  page(
    endpointId: string,
    { state, cursor }: DeliveryRange,
    limit: number,
  ): Promise<WebhookDeliveryEntity[]> {
    const where = {
      endpointId,
      ...(state ? { state } : {}),
      ...(cursor ? { id: LessThan(cursor) } : {}),
    };
    return this.of().find({ where, order: { id: 'DESC' }, take: limit });
  }

  /** Endpoints with due deliveries. */
  async dueEndpoints(now: Date): Promise<string[]> {
    const rows = await this.of()
      .createQueryBuilder('delivery')
      .select('DISTINCT delivery.endpointId', 'endpointId')
      .where({ state: 'pending', dueAt: LessThanOrEqual(now) })
      .getRawMany<{ endpointId: string }>();
    return rows.map(({ endpointId }) => endpointId);
  }

  /** Claims up to `limit` due deliveries of the endpoint, the longest waiting first; no other call gets them. */
  async claim(
    endpointId: string,
    claim: DeliveryClaim,
    now: Date,
    limit: number,
  ): Promise<WebhookDeliveryEntity[]> {
    const due = { endpointId, state: 'pending', dueAt: LessThanOrEqual(now) } as const;
    const waiting = await this.of().find({
      select: { id: true },
      where: due,
      order: { dueAt: 'ASC' },
      take: limit,
    });
    if (waiting.length === 0) return [];
    const ids = waiting.map(({ id }) => id);
    const taken = { state: 'sending', claimedBy: claim.by, dueAt: claim.endsAt } as const;
    const guard = { id: In(ids), state: 'pending' } as const;
    const { affected } = await this.of().update(guard, { ...taken, attempts: () => 'attempts + 1' });
    return affected ? this.of().findBy({ id: In(ids), claimedBy: claim.by }) : [];
  }

  /** Releases the claims of dead processes: these deliveries may have been sent, and are sent again. */
  async releaseDead(now: Date): Promise<void> {
    const dead = { state: 'sending', dueAt: LessThanOrEqual(now) } as const;
    await this.of().update(dead, { state: 'pending', claimedBy: null, dueAt: now });
  }

  /** Records the result of a delivery that `claimedBy` sent. */
  async settle(
    { id, claimedBy }: WebhookDeliveryEntity,
    state: 'delivered' | 'failed',
    result: TryResult,
    now: Date,
    tx?: EntityManager,
  ): Promise<void> {
    const end = { ...result, state, claimedBy: null, dueAt: null, settledAt: now };
    await this.of(tx).update({ id, state: 'sending', claimedBy: claimedBy! }, end);
  }

  /** Returns a delivery of `claimedBy` to the queue. */
  async postpone({ id, claimedBy }: WebhookDeliveryEntity, result: TryResult, dueAt: Date): Promise<void> {
    const waiting = { ...result, state: 'pending', claimedBy: null, dueAt } as const;
    await this.of().update({ id, state: 'sending', claimedBy: claimedBy! }, waiting);
  }

  /** Fails waiting deliveries of an endpoint that is disabled or gone. */
  async failWaiting(endpointId: string, now: Date, tx?: EntityManager): Promise<void> {
    const end = { state: 'failed', lastFailure: 'endpoint-disabled', dueAt: null, settledAt: now } as const;
    await this.of(tx).update({ endpointId, state: 'pending' }, end);
  }

  /** Queues a settled delivery again. */
  async replay(id: string, endpointId: string, now: Date, tx: EntityManager): Promise<boolean> {
    const anew = { state: 'pending', attempts: 0, dueAt: now, settledAt: null } as const;
    return exactlyOne(await this.of(tx).update({ id, endpointId, state: In(SETTLED) }, anew));
  }

  async removeOf(endpointId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ endpointId });
  }

  async health(): Promise<WebhookHealth> {
    const [waiting, failing] = await Promise.all([
      this.of().countBy({ state: 'pending', attempts: 0 }),
      this.of()
        .createQueryBuilder('delivery')
        .select('COUNT(*)', 'deliveries')
        .addSelect('COUNT(DISTINCT delivery.endpointId)', 'endpoints')
        .where({ state: 'pending', attempts: MoreThan(0) })
        .getRawOne<{ deliveries: number | string; endpoints: number | string }>(),
    ]);
    return {
      waiting,
      failing: Number(failing!.deliveries),
      failingEndpoints: Number(failing!.endpoints),
    };
  }

  /** Deletes up to `batch` of the oldest settled deliveries created before `time`. Returns how many. */
  deleteSettledBefore(time: Date, batch: number): Promise<number> {
    const old = { id: LessThan(lowestId(time)), state: In(SETTLED) };
    return this.deleteOldest(old, { id: 'ASC' }, batch);
  }
}
