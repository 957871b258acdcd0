import { Injectable } from '@nestjs/common';
import { AppError, Clock, Random } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import type { EntityManager } from 'typeorm';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import { WebhookSecretService } from './webhook-secret.service';
import type {
  EndpointRange,
  NewWebhook,
  WebhookChanges,
  WebhookEndpoint,
  WebhookPage,
} from './webhook.types';

/** Of one structure, or of the operator: each event is written once for each. */
const MOST_ENDPOINTS = 20;

/** Where events are sent, and with which secrets they are signed. */
@Injectable()
export class WebhookEndpointService {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly secrets: WebhookSecretService,
    private readonly outbound: OutboundService,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  async get(id: string, tx?: EntityManager): Promise<WebhookEndpoint | undefined> {
    const endpoint = await this.endpoints.find(id, tx);
    return endpoint ? toEndpoint(endpoint) : undefined;
  }

  /** Those of one structure, or of all, the oldest first, by pages. */
  async list(range: EndpointRange): Promise<WebhookPage> {
    const found = await this.endpoints.page({ ...range, limit: range.limit + 1 });
    const items = found.slice(0, range.limit).map(toEndpoint);
    return { items, nextCursor: found.length > range.limit ? items.at(-1)!.id : null };
  }

  /** Those of one structure, or of the operator, that are called so: nothing keeps names apart. */
  async named(structureId: string | null, name: string, tx: EntityManager): Promise<WebhookEndpoint[]> {
    return (await this.endpoints.named(structureId, name, tx)).map(toEndpoint);
  }

  /**
   * A new endpoint and its secret, which is given now and never again; with `given`, it signs by that one.
   * @throws AppError `validation.failed` for an address that is never asked or a secret of another form,
   *   `webhook.too-many`
   */
  async register(
    wanted: NewWebhook,
    tx: EntityManager,
    given?: string,
  ): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
    this.#requireAddress(wanted.url);
    if ((await this.endpoints.countOf(wanted.structureId, tx)) >= MOST_ENDPOINTS)
      throw new AppError('webhook.too-many');
    const [id, now] = [this.random.id(), this.clock.now()];
    const { secret, sealedSecret } = this.secrets.make(id, given);
    const endpoint: WebhookEndpointEntity = {
      ...wanted,
      ...{ id, sealedSecret, previousSealedSecret: null, previousSecretUntil: null },
      ...{ status: 'active', disabledReason: null, version: 1, createdAt: now, updatedAt: now },
    };
    await this.endpoints.insert(endpoint, tx);
    return { endpoint: toEndpoint(endpoint), secret };
  }

  /**
   * Changes the endpoint as it was at `version`; `false` when it has moved. What waits for one that is disabled fails.
   * @throws AppError `validation.failed` for an address that is never asked
   */
  async change(id: string, version: number, changes: WebhookChanges, tx: EntityManager): Promise<boolean> {
    if (changes.url !== undefined) this.#requireAddress(changes.url);
    const now = this.clock.now();
    const disabledReason = changes.status === 'disabled' ? 'administrator' : null;
    const whole = { ...changes, ...(changes.status ? { disabledReason } : {}), updatedAt: now };
    const changed = await this.endpoints.change(id, version, whole as Partial<WebhookEndpointEntity>, tx);
    if (changed && changes.status === 'disabled') await this.deliveries.failWaiting(id, now, tx);
    return changed;
  }

  /**
   * A new secret; the one before it signs beside it for a day. One that was replaced before that day is over signs no
   * more. Nothing when the endpoint changed meanwhile. `given` is the new one, where it was made elsewhere.
   * @throws AppError `validation.failed` for a given secret of another form
   */
  async rotateSecret(
    id: string,
    tx: EntityManager,
    given?: string,
  ): Promise<{ secret: string; previousSecretUntil: Date } | undefined> {
    const endpoint = await this.endpoints.find(id, tx);
    if (!endpoint) return undefined;
    const { secret, sealedSecret } = this.secrets.make(id, given);
    const previousSecretUntil = this.secrets.previousUntil();
    const changes = { sealedSecret, previousSealedSecret: endpoint.sealedSecret, previousSecretUntil };
    const now = this.clock.now();
    const changed = await this.endpoints.change(id, endpoint.version, { ...changes, updatedAt: now }, tx);
    return changed ? { secret, previousSecretUntil } : undefined;
  }

  /** Whether it signs by `secret`, before any other. */
  async signsBy(id: string, secret: string, tx: EntityManager): Promise<boolean> {
    const endpoint = await this.endpoints.find(id, tx);
    return endpoint !== null && this.secrets.signing(endpoint)?.[0] === secret;
  }

  /** Removes the endpoint and its deliveries; `false` when there was none. */
  async remove(id: string, tx: EntityManager): Promise<boolean> {
    if (!(await this.endpoints.remove(id, tx))) return false;
    await this.deliveries.removeOf(id, tx);
    return true;
  }

  #requireAddress(url: string): void {
    const code = this.outbound.refusalOf(url);
    if (code) throw new AppError('validation.failed', { errors: [{ field: 'url', code, message: '' }] });
  }
}

/** Without its secrets. */
export function toEndpoint({
  sealedSecret: _secret,
  previousSealedSecret: _previous,
  ...endpoint
}: WebhookEndpointEntity): WebhookEndpoint {
  return endpoint;
}
