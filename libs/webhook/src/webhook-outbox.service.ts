import { Injectable } from '@nestjs/common';
import { AppError, Clock, Random } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import type { WebhookDeliveryEntity } from './webhook-delivery.repository';
import { ListeningEndpoint, WebhookEndpointRepository } from './webhook-endpoint.repository';
import type {
  DeliveryPage,
  DeliveryState,
  WebhookDelivery,
  WebhookEvent,
  WebhookHealth,
} from './webhook.types';

/** Number of deliveries in one statement. */
const BLOCK = 500;

/** Queue of deliveries. Each is written in the transaction of its event, so that it is sent if and only if that commits. */
@Injectable()
export class WebhookOutboxService {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /** Queues a delivery for each endpoint that subscribes to the event. */
  publish(event: WebhookEvent, tx: EntityManager): Promise<void> {
    return this.publishAll([event], tx);
  }

  /** As {@link publish}, for many events of any structures: reads their endpoints once. */
  async publishAll(events: readonly WebhookEvent[], tx: EntityManager): Promise<void> {
    if (events.length === 0) return;
    const structureIds = new Set(events.map((event) => event.structureId));
    const listening = await this.endpoints.findListening([...structureIds], tx);
    const made = events.flatMap((event) => this.#deliveriesOf(event, listening));
    for (let from = 0; from < made.length; from += BLOCK)
      await this.deliveries.insert(made.slice(from, from + BLOCK), tx);
  }

  /** A delivery before its first try, not yet stored. */
  newDelivery(endpointId: string, type: string, payload: string): WebhookDeliveryEntity {
    const now = this.clock.now();
    return {
      ...{ id: this.random.id(), endpointId, type, payload },
      ...{ state: 'pending', attempts: 0, dueAt: now, claimedBy: null },
      ...{ lastStatus: null, lastFailure: null, createdAt: now, settledAt: null },
    };
  }

  async get(id: string): Promise<WebhookDelivery | undefined> {
    const delivery = await this.deliveries.find(id);
    return delivery ? toDelivery(delivery) : undefined;
  }

  /** Deliveries of an endpoint, newest first, after `cursor`. */
  async list(
    endpointId: string,
    { limit, ...range }: { state?: DeliveryState; cursor?: string; limit: number },
  ): Promise<DeliveryPage> {
    const found = await this.deliveries.page(endpointId, range, limit + 1);
    const items = found.slice(0, limit).map(toDelivery);
    return { items, nextCursor: found.length > limit ? items.at(-1)!.id : null };
  }

  /**
   * Sends a settled delivery again, with ten tries and the same `webhook-id`. Returns nothing for an unknown id.
   *
   * @throws AppError `webhook.disabled`, `webhook.delivery-waits`
   */
  async replay(id: string, tx: EntityManager): Promise<WebhookDelivery | undefined> {
    const delivery = await this.deliveries.find(id, tx);
    const endpoint = delivery && (await this.endpoints.find(delivery.endpointId, tx));
    if (!delivery || !endpoint) return undefined;
    if (endpoint.status === 'disabled') throw new AppError('webhook.disabled');
    if (!(await this.deliveries.replay(id, endpoint.id, this.clock.now(), tx)))
      throw new AppError('webhook.delivery-waits');
    return toDelivery((await this.deliveries.find(id, tx))!);
  }

  health(): Promise<WebhookHealth> {
    return this.deliveries.health();
  }

  #deliveriesOf(event: WebhookEvent, listening: readonly ListeningEndpoint[]): WebhookDeliveryEntity[] {
    const payload = payloadOf(event.type, event.at, event.data);
    return listening
      .filter((endpoint) => wants(endpoint, event))
      .map(({ id }) => this.newDelivery(id, event.type, payload));
  }
}

/**
 * A structure's endpoints receive events of that structure, the operator's of all; only events since the endpoint was
 * created.
 */
function wants({ structureId, events, createdAt }: ListeningEndpoint, event: WebhookEvent): boolean {
  const isIts = structureId === null ? !event.isCopy : structureId === event.structureId;
  return isIts && events.includes(event.type) && createdAt <= event.at;
}

/** The payload in the form of Standard Webhooks: small, since the data may have changed since. */
export function payloadOf(type: string, at: Date, data: WebhookEvent['data']): string {
  return JSON.stringify({ type, timestamp: at.toISOString(), data });
}

export function toDelivery({ claimedBy: _claim, ...delivery }: WebhookDeliveryEntity): WebhookDelivery {
  return delivery;
}
