import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import {
  NewWebhook,
  WebhookChanges,
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointService,
  WebhookOutboxService,
  WebhookPage,
  WebhookTestService,
} from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import {
  AccessRefusalService,
  ActBy,
  ActJournalService,
  AdministeredStructureService,
  homeOf,
  isWithinReach,
} from '@portillon/user-management';
import type { Administrator, JournalAct } from '@portillon/user-management';

/** A webhook with the secret that is shown once. */
export interface WebhookWithSecret {
  endpoint: WebhookEndpoint;
  secret: string;
}

/**
 * The webhooks within an administrator's reach: others look exactly like webhooks that do not exist. They are registered,
 * changed, given another secret, tested and removed, each with its line of the journal.
 */
@Injectable()
export class AdministeredWebhooksService {
  constructor(
    private readonly transactions: Transactions,
    private readonly structures: AdministeredStructureService,
    private readonly endpoints: WebhookEndpointService,
    private readonly outbox: WebhookOutboxService,
    private readonly tests: WebhookTestService,
    private readonly journal: ActJournalService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /** @throws AppError `not-found`, with the caller in the journal when their reach is one structure */
  async get(administrator: Administrator, id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.get(id);
    if (endpoint && isWithinReach(administrator.scope, endpoint.structureId)) return endpoint;
    if (administrator.scope.structureIds === null) throw new AppError('not-found');
    return this.refusals.hide(administrator, { webhook: id.slice(0, 64) });
  }

  /** A delivery of a webhook within reach. @throws AppError `not-found` */
  async delivery(administrator: Administrator, id: string, deliveryId: string): Promise<WebhookDelivery> {
    const endpoint = await this.get(administrator, id);
    const delivery = await this.outbox.get(deliveryId);
    if (delivery?.endpointId !== endpoint.id) throw new AppError('not-found');
    return delivery;
  }

  list({ scope }: Administrator, page: { cursor?: string; limit: number }): Promise<WebhookPage> {
    return this.endpoints.list({ ...page, structureIds: scope.structureIds });
  }

  /**
   * A structure's administrator registers it for their own structure, named or not. @throws AppError `not-found` for a
   * structure out of reach, `validation.failed`, `webhook.too-many`
   */
  async register(
    administrator: Administrator,
    { structureId: asked, ...wanted }: Omit<NewWebhook, 'structureId'> & { structureId?: string | null },
    reason?: string,
  ): Promise<WebhookWithSecret> {
    const structureId = asked ?? homeOf(administrator);
    if (structureId !== null) await this.structures.get(administrator, structureId);
    return this.transactions.run((tx) =>
      this.create(administrator, { ...wanted, structureId }, { reason }, tx),
    );
  }

  /** Like {@link register}, of a structure that was looked at, in the caller's transaction. */
  async create(
    by: ActBy,
    wanted: NewWebhook,
    { reason, secret }: { reason?: string; secret?: string },
    tx: EntityManager,
  ): Promise<WebhookWithSecret> {
    const made = await this.endpoints.register(wanted, tx, secret);
    const act = { name: 'webhook_created', reason, data: { url: wanted.url } } as const;
    await this.#record(by, made.endpoint, act, tx);
    return made;
  }

  /** @throws AppError `not-found`, `precondition.failed`, `validation.failed` */
  async edit(
    administrator: Administrator,
    id: string,
    changes: WebhookChanges,
    version: number,
    reason?: string,
  ): Promise<WebhookEndpoint> {
    const endpoint = await this.get(administrator, id);
    const seen = { ...endpoint, version };
    await this.transactions.run((tx) => this.change(administrator, seen, changes, { reason }, tx));
    return this.get(administrator, id);
  }

  /** Like {@link edit}, of an endpoint as it was seen, in the caller's transaction. */
  async change(
    by: ActBy,
    seen: WebhookEndpoint,
    changes: WebhookChanges,
    { reason }: { reason?: string },
    tx: EntityManager,
  ): Promise<void> {
    if (!(await this.endpoints.change(seen.id, seen.version, changes, tx)))
      throw new AppError('precondition.failed');
    const fields = Object.keys(changes) as (keyof WebhookChanges)[];
    const data = { fields, ...(changes.url !== undefined && { url: changes.url }) };
    await this.#record(by, seen, { name: 'webhook_updated', reason, data }, tx);
  }

  /** @throws AppError `not-found`, `precondition.failed` when it changed at the same moment */
  async replaceSecret(administrator: Administrator, id: string, reason?: string): Promise<WebhookWithSecret> {
    const endpoint = await this.get(administrator, id);
    const secret = await this.transactions.run((tx) =>
      this.rotateSecret(administrator, endpoint, { reason }, tx),
    );
    return { endpoint: await this.get(administrator, id), secret };
  }

  /** Like {@link replaceSecret}, by this one or a new one, in the caller's transaction. */
  async rotateSecret(
    by: ActBy,
    endpoint: WebhookEndpoint,
    { reason, secret }: { reason?: string; secret?: string },
    tx: EntityManager,
  ): Promise<string> {
    const replaced = await this.endpoints.rotateSecret(endpoint.id, tx, secret);
    if (!replaced) throw new AppError('precondition.failed');
    await this.#record(by, endpoint, { name: 'webhook_secret_replaced', reason }, tx);
    return replaced.secret;
  }

  /** With its deliveries. @throws AppError `not-found` */
  async remove(administrator: Administrator, id: string): Promise<void> {
    const endpoint = await this.get(administrator, id);
    await this.transactions.run(async (tx) => {
      if (!(await this.endpoints.remove(id, tx))) throw new AppError('not-found');
      const act = { name: 'webhook_deleted', data: { url: endpoint.url } } as const;
      await this.#record(administrator, endpoint, act, tx);
    });
  }

  /** @throws AppError `not-found`, `webhook.disabled`, `webhook.delivery-waits` */
  async replay(
    administrator: Administrator,
    id: string,
    deliveryId: string,
    reason?: string,
  ): Promise<WebhookDelivery> {
    const endpoint = await this.get(administrator, id);
    await this.delivery(administrator, id, deliveryId);
    return this.transactions.run(async (tx) => {
      const delivery = await this.outbox.replay(deliveryId, tx);
      if (!delivery) throw new AppError('not-found');
      const act = { name: 'webhook_replayed', reason, data: { delivery: deliveryId } } as const;
      await this.#record(administrator, endpoint, act, tx);
      return delivery;
    });
  }

  /** One event, once; what came of it. @throws AppError `not-found`, `webhook.disabled` */
  async test(administrator: Administrator, id: string, reason?: string): Promise<WebhookDelivery> {
    const endpoint = await this.get(administrator, id);
    const delivery = await this.tests.send(id);
    if (!delivery) throw new AppError('not-found');
    const act = { name: 'webhook_tested', reason, data: { delivery: delivery.id } } as const;
    await this.#record(administrator, endpoint, act);
    return delivery;
  }

  /** In the journal of the structure that owns the webhook. */
  #record(
    by: ActBy,
    { id, structureId }: WebhookEndpoint,
    act: JournalAct,
    tx?: EntityManager,
  ): Promise<void> {
    return this.journal.recordOnStructure(
      by,
      structureId,
      { ...act, data: { ...act.data, webhook: id } },
      tx,
    );
  }
}
