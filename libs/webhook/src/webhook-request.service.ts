import { Injectable } from '@nestjs/common';
import { Clock, SECOND } from '@portillon/kernel';
import { OutboundResult, OutboundService } from '@portillon/outbound';
import { wishedPause } from './retry.policy';
import type { WebhookDeliveryEntity } from './webhook-delivery.entity';
import type { TryResult } from './webhook-delivery.repository';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity';
import { WebhookSecretService } from './webhook-secret.service';
import { signatureHeaders } from './webhook-signature';
import type { DeliveryFailure } from './webhook.types';

const TIMEOUT_MS = 15 * SECOND;
const GONE = 410;

/** Result of one try, and until when the endpoint asks to wait. */
export type WebhookTry = TryResult & { wished?: Date };

/** Sends signed requests to endpoints. Only a status of 2xx counts as delivered; redirects are not followed. */
@Injectable()
export class WebhookRequestService {
  constructor(
    private readonly outbound: OutboundService,
    private readonly secrets: WebhookSecretService,
    private readonly clock: Clock,
  ) {}

  /** Whether this instance can read the endpoint's secrets: another one may have the key. */
  canSign(endpoint: WebhookEndpointEntity): boolean {
    return this.secrets.signing(endpoint) !== undefined;
  }

  async send({ id, payload }: WebhookDeliveryEntity, endpoint: WebhookEndpointEntity): Promise<WebhookTry> {
    const secrets = this.secrets.signing(endpoint) ?? [];
    const signed = signatureHeaders({ id, body: payload, at: this.clock.now(), secrets });
    const headers = { ...signed, 'content-type': 'application/json', 'user-agent': 'Portillon-Webhooks' };
    const asked = { method: 'POST', headers, body: payload, timeoutMs: TIMEOUT_MS } as const;
    return tryOf(await this.outbound.send(endpoint.url, asked), this.clock.now());
  }
}

function tryOf(result: OutboundResult, now: Date): WebhookTry {
  if (result.outcome === 'failed') return { lastStatus: null, lastFailure: result.reason };
  const { status, headers } = result;
  const wished = wishedPause(status, headers['retry-after'], now);
  return { lastStatus: status, lastFailure: failureOf(status), ...(wished ? { wished } : {}) };
}

function failureOf(status: number): DeliveryFailure | null {
  if (status >= 200 && status < 300) return null;
  if (status === GONE) return 'gone';
  return status >= 300 && status < 400 ? 'redirected' : 'refused';
}
