import { Keyring, SystemRandom } from '@portillon/kernel';
import type { OutboundRequest, OutboundResult, OutboundService } from '@portillon/outbound';
import { Transactions } from '@portillon/persistence';
import { SettableClock } from '@portillon/testing';
import type { DataSource } from 'typeorm';
import { WebhookDeliveryEntity, WebhookDeliveryRepository } from '../webhook-delivery.repository';
import { WebhookDeliveryService } from '../webhook-delivery.service';
import { WebhookEndpointEntity, WebhookEndpointRepository } from '../webhook-endpoint.repository';
import { WebhookEndpointService } from '../webhook-endpoint.service';
import { WebhookOutboxService } from '../webhook-outbox.service';
import { WebhookSecretService } from '../webhook-secret.service';
import { WebhookTestService } from '../webhook-test.service';
import { WebhookDispatchJob, WebhookPurgeJob } from '../webhook.job';
import type { NewWebhook, WebhookEvent } from '../webhook.types';

export const KEY = { id: 'test', secret: Buffer.alloc(32, 1) };
export const OTHER_KEY = { id: 'other', secret: Buffer.alloc(32, 2) };

export interface SentWebhook {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** A fake network that records requests; `answer` may take time. */
class Outside {
  readonly sent: SentWebhook[] = [];
  answer: (sent: SentWebhook) => OutboundResult | Promise<OutboundResult> = () => answered(204);

  readonly client = {
    refusalOf: (url: string) => (url.startsWith('https://') ? undefined : 'url-refused'),
    send: async (url: string, { headers = {}, body = '' }: OutboundRequest) => {
      const sent = { url, headers, body };
      this.sent.push(sent);
      return this.answer(sent);
    },
  } as OutboundService;

  /** Called addresses, sorted. */
  get urls(): string[] {
    return this.sent.map(({ url }) => url).sort();
  }
}

export function answered(status: number, headers: Record<string, string> = {}): OutboundResult {
  return { outcome: 'answered', status, headers, body: '' };
}

/** One instance of the library, on a database and with a fake network. */
export function instanceOn(
  dataSource: DataSource,
  { clock = new SettableClock(), outside = new Outside(), keys = [KEY] } = {},
) {
  const random = new SystemRandom(clock);
  const transactions = new Transactions(dataSource);
  const endpointRows = new WebhookEndpointRepository(dataSource.getRepository(WebhookEndpointEntity));
  const rows = new WebhookDeliveryRepository(dataSource.getRepository(WebhookDeliveryEntity));
  const secrets = new WebhookSecretService(new Keyring(keys), random, clock);
  const endpoints = new WebhookEndpointService(endpointRows, rows, secrets, outside.client, random, clock);
  const outbox = new WebhookOutboxService(endpointRows, rows, random, clock);
  const delivery = new WebhookDeliveryService(
    transactions,
    endpointRows,
    rows,
    secrets,
    outside.client,
    clock,
    random,
  );
  const job = new WebhookDispatchJob(delivery);
  return {
    ...{ clock, outside, transactions, endpoints, outbox, delivery, job },
    tests: new WebhookTestService(endpointRows, rows, outbox, delivery, clock),
    purge: new WebhookPurgeJob(rows, clock),
    register: (changes: Partial<NewWebhook> = {}) =>
      transactions.run((tx) => endpoints.register(webhook(changes), tx)),
    publish: (changes: Partial<WebhookEvent> = {}) =>
      transactions.run((tx) => outbox.publish(event(clock, changes), tx)),
    /** Runs one turn to its end. */
    turn: async () => {
      await job.run();
      await job.settled();
    },
  };
}

export type Instance = ReturnType<typeof instanceOn>;

export function webhook(changes: Partial<NewWebhook> = {}): NewWebhook {
  const url = 'https://hooks.example/national';
  return {
    structureId: null,
    name: 'Annuaire',
    url,
    events: ['account.created', 'session.opened'],
    ...changes,
  };
}

function event(clock: SettableClock, changes: Partial<WebhookEvent> = {}): WebhookEvent {
  const data = { accountId: 'claire', structureId: 'hospital' };
  return { type: 'account.created', structureId: 'hospital', at: clock.now(), data, ...changes };
}

export async function emptyWebhooks(dataSource: DataSource): Promise<void> {
  for (const entity of [WebhookEndpointEntity, WebhookDeliveryEntity])
    await dataSource.getRepository(entity).clear();
}
