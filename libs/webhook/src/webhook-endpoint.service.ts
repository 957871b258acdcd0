import { Injectable } from '@nestjs/common';
import { AppError, Clock, Random } from '@portillon/kernel';
import { OutboundService } from '@portillon/outbound';
import type { EntityManager } from 'typeorm';
import { WebhookDeliveryRepository } from './webhook-delivery.repository';
import { WebhookEndpointRepository } from './webhook-endpoint.repository';
import type { WebhookEndpointEntity } from './webhook-endpoint.repository';
import { WebhookSecretService } from './webhook-secret.service';
import type {
  EndpointRange,
  NewWebhook,
  WebhookChanges,
  WebhookEndpoint,
  WebhookPage,
} from './webhook.types';

/** Maximum for one structure, or for the operator: each event is written once for each endpoint. */
const MOST_ENDPOINTS = 20;

/** Manages the endpoints that receive events, and their secrets. */
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

  /** Endpoints of one structure, or of all, oldest first, by pages. */
  async list(range: EndpointRange): Promise<WebhookPage> {
    const found = await this.endpoints.page({ ...range, limit: range.limit + 1 });
    const items = found.slice(0, range.limit).map(toEndpoint);
    return { items, nextCursor: found.length > range.limit ? items.at(-1)!.id : null };
  }

  /** Endpoints of one structure, or of the operator, with this name; names are not unique. */
  async named(structureId: string | null, name: string, tx: EntityManager): Promise<WebhookEndpoint[]> {
    return (await this.endpoints.named(structureId, name, tx)).map(toEndpoint);
  }

  /**
   * Registers an endpoint and returns its secret, only now. `given`: an existing secret to use.
   *
   * @throws AppError `validation.failed` for a refused address or a malformed secret, `webhook.too-many`
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
   * Changes the endpoint if it has this `version`; otherwise returns `false`. Waiting deliveries of a disabled
   * endpoint fail.
   *
   * @throws AppError `validation.failed` for a refused address
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
   * Sets a new secret. The previous one also signs for a day; an older one stops at once. Returns nothing when the
   * endpoint has changed meanwhile. `given`: the new secret, where it was made elsewhere.
   *
   * @throws AppError `validation.failed` for a malformed secret
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

  /** Whether `secret` is the current one. */
  async signsBy(id: string, secret: string, tx: EntityManager): Promise<boolean> {
    const endpoint = await this.endpoints.find(id, tx);
    return endpoint !== null && this.secrets.signing(endpoint)?.[0] === secret;
  }

  /** Deletes the endpoint and its deliveries. Returns `false` when there was none. */
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

/** Returns an endpoint without its secrets. */
export function toEndpoint({
  sealedSecret: _secret,
  previousSealedSecret: _previous,
  ...endpoint
}: WebhookEndpointEntity): WebhookEndpoint {
  return endpoint;
}
