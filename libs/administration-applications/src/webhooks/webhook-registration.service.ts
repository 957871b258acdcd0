import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { NewWebhook, WebhookChanges, WebhookEndpoint, WebhookEndpointService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { ActBy, AdministeredStructureService } from '@portillon/user-management';
import { OwnedActJournalService } from '../owned-act-journal.service';
import type { Administrator } from '@portillon/user-management';
import { AdministeredWebhookService } from './administered-webhook.service';

/** A webhook with the secret that is shown once. */
export interface WebhookWithSecret {
  endpoint: WebhookEndpoint;
  secret: string;
}

/** Webhooks are made, changed, given another secret and removed, each with its line of the journal. */
@Injectable()
export class WebhookRegistrationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredWebhookService,
    private readonly structures: AdministeredStructureService,
    private readonly endpoints: WebhookEndpointService,
    private readonly journal: OwnedActJournalService,
  ) {}

  /**
   * A structure's administrator registers it for their own structure, named or not. @throws AppError `not-found` for a
   * structure out of reach, `validation.failed`, `webhook.too-many`
   */
  async register(
    administrator: Administrator,
    { structureId: asked, ...wanted }: Omit<NewWebhook, 'structureId'> & { structureId?: string | null },
    reason?: string,
  ): Promise<WebhookWithSecret> {
    const structureId = await this.structures.within(administrator, asked ?? undefined);
    if (structureId !== null) await this.structures.get(administrator, structureId);
    return this.transactions.run((tx) =>
      this.make(administrator, { ...wanted, structureId }, { reason }, tx),
    );
  }

  /** Like {@link register}, of a structure that was looked at, in the caller's transaction. */
  async make(
    by: ActBy,
    wanted: NewWebhook,
    { reason, secret }: { reason?: string; secret?: string },
    tx: EntityManager,
  ): Promise<WebhookWithSecret> {
    const made = await this.endpoints.register(wanted, tx, secret);
    const act = { name: 'webhook_created', reason, data: { url: wanted.url } } as const;
    await this.journal.recordOnWebhook(by, made.endpoint, act, tx);
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
    const endpoint = await this.administered.get(administrator, id);
    const seen = { ...endpoint, version };
    await this.transactions.run((tx) => this.change(administrator, seen, changes, { reason }, tx));
    return this.administered.get(administrator, id);
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
    await this.journal.recordOnWebhook(by, seen, { name: 'webhook_updated', reason, data }, tx);
  }

  /** @throws AppError `not-found`, `precondition.failed` when it changed at the same moment */
  async replaceSecret(administrator: Administrator, id: string, reason?: string): Promise<WebhookWithSecret> {
    const endpoint = await this.administered.get(administrator, id);
    const secret = await this.transactions.run((tx) => this.rotate(administrator, endpoint, { reason }, tx));
    return { endpoint: await this.administered.get(administrator, id), secret };
  }

  /** Like {@link replaceSecret}, by this one or a new one, in the caller's transaction. */
  async rotate(
    by: ActBy,
    endpoint: WebhookEndpoint,
    { reason, secret }: { reason?: string; secret?: string },
    tx: EntityManager,
  ): Promise<string> {
    const replaced = await this.endpoints.rotateSecret(endpoint.id, tx, secret);
    if (!replaced) throw new AppError('precondition.failed');
    await this.journal.recordOnWebhook(by, endpoint, { name: 'webhook_secret_replaced', reason }, tx);
    return replaced.secret;
  }

  /** With its deliveries. @throws AppError `not-found` */
  async remove(administrator: Administrator, id: string): Promise<void> {
    const endpoint = await this.administered.get(administrator, id);
    await this.transactions.run(async (tx) => {
      if (!(await this.endpoints.remove(id, tx))) throw new AppError('not-found');
      const act = { name: 'webhook_deleted', data: { url: endpoint.url } } as const;
      await this.journal.recordOnWebhook(administrator, endpoint, act, tx);
    });
  }
}
