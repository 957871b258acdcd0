import { Injectable } from '@nestjs/common';
import { AppError } from '@portillon/kernel';
import {
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointService,
  WebhookOutboxService,
  WebhookPage,
} from '@portillon/webhook';
import { AccessRefusalService, reaches } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';

/** The webhooks within an administrator's reach: others look exactly like webhooks that do not exist. */
@Injectable()
export class AdministeredWebhookService {
  constructor(
    private readonly endpoints: WebhookEndpointService,
    private readonly outbox: WebhookOutboxService,
    private readonly refusals: AccessRefusalService,
  ) {}

  /** @throws AppError `not-found`, with the caller in the journal when their reach is one structure */
  async get(administrator: Administrator, id: string): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.get(id);
    if (endpoint && reaches(administrator.scope, endpoint.structureId)) return endpoint;
    if (administrator.scope.structureId === null) throw new AppError('not-found');
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
    return this.endpoints.list({ ...page, ...(scope.structureId ? { structureId: scope.structureId } : {}) });
  }
}
