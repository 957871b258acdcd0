import { AuditService } from '@portillon/audit';
import { Transactions } from '@portillon/persistence';
import {
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointService,
  WebhookOutboxService,
  WebhookTestService,
} from '@portillon/webhook';
import type { INestApplicationContext } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { withContext } from './context';
import { Refusal } from './refusal';
import { refuseOldTables } from './tables';

const PAGE = 100;
const SHOWN = 50;

/** The webhooks, a line each; or the latest deliveries of one. */
export async function listWebhooks(id?: string): Promise<void> {
  await withWebhooks(async (app) => {
    if (id === undefined) return printEndpoints(app.get(WebhookEndpointService));
    const { items } = await app.get(WebhookOutboxService).list(await known(app, id), { limit: SHOWN });
    for (const delivery of items) console.log(deliveryLine(delivery));
  });
}

/** A running server or worker sends it. */
export async function replayDelivery(deliveryId: string): Promise<void> {
  await withWebhooks(async (app) => {
    const delivery = await app.get(WebhookOutboxService).get(deliveryId);
    if (!delivery) throw new Refusal(`No delivery ${deliveryId}`);
    await app.get(Transactions).run(async (tx) => {
      await app.get(WebhookOutboxService).replay(deliveryId, tx);
      await record(app, 'webhook_replayed', delivery, tx);
    });
    console.log('A running server or worker sends it within seconds.');
  });
}

export async function testWebhook(id: string): Promise<void> {
  await withWebhooks(async (app) => {
    const delivery = await app.get(WebhookTestService).send(id);
    if (!delivery) throw new Refusal(`No webhook ${id}`);
    await record(app, 'webhook_tested', delivery);
    if (delivery.state !== 'delivered') throw new Refusal(`Not taken: ${outcomeOf(delivery)}`);
    console.log(`Taken: ${outcomeOf(delivery)}`);
  });
}

async function withWebhooks(work: (app: INestApplicationContext) => Promise<void>): Promise<void> {
  await withContext(async (app) => {
    await refuseOldTables(app);
    await work(app);
  });
}

/** @throws Refusal when there is none of this id. */
async function known(app: INestApplicationContext, id: string): Promise<string> {
  if (!(await app.get(WebhookEndpointService).get(id))) throw new Refusal(`No webhook ${id}`);
  return id;
}

async function printEndpoints(endpoints: WebhookEndpointService): Promise<void> {
  let cursor: string | null = null;
  do {
    const page = await endpoints.list({ limit: PAGE, ...(cursor ? { cursor } : {}) });
    for (const endpoint of page.items) console.log(endpointLine(endpoint));
    cursor = page.nextCursor;
  } while (cursor);
}

async function record(
  app: INestApplicationContext,
  name: 'webhook_replayed' | 'webhook_tested',
  { id: delivery, endpointId: webhook }: WebhookDelivery,
  tx?: EntityManager,
): Promise<void> {
  const data = { webhook, delivery, by: 'command-line' } as const;
  await app.get(AuditService).record({ name, outcome: 'SUCCESS', data }, tx);
}

function endpointLine({ id, status, structureId, name, url, events }: WebhookEndpoint): string {
  return [id, status, structureId ?? 'every structure', JSON.stringify(name), url, events.join(' ')].join(
    '\t',
  );
}

function deliveryLine(delivery: WebhookDelivery): string {
  const { id, createdAt, type, state, attempts } = delivery;
  return [id, createdAt.toISOString(), type, state, `${attempts} tries`, outcomeOf(delivery)].join('\t');
}

function outcomeOf({ lastStatus, lastFailure }: WebhookDelivery): string {
  return [lastStatus, lastFailure].filter((one) => one !== null).join(' ') || '-';
}
