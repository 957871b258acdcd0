import { itemsOf } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import {
  WebhookDelivery,
  WebhookEndpoint,
  WebhookEndpointService,
  WebhookOutboxService,
  WebhookTestService,
} from '@portillon/webhook';
import type { INestApplicationContext } from '@nestjs/common';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

const SHOWN = 50;

/** The webhooks, a line each; or the latest deliveries of one. */
export async function listWebhooks(id?: string): Promise<void> {
  await withTables(async (app) => {
    if (id === undefined) return printEndpoints(app.get(WebhookEndpointService));
    const { items } = await app.get(WebhookOutboxService).list(await known(app, id), { limit: SHOWN });
    for (const delivery of items) console.log(deliveryLine(delivery));
  });
}

/** A running server or worker sends it. */
export async function replayDelivery(deliveryId: string): Promise<void> {
  await withTables(async (app) => {
    const delivery = await app.get(WebhookOutboxService).get(deliveryId);
    if (!delivery) throw new CommandRefusal(`No delivery ${deliveryId}`);
    await app.get(Transactions).run(async (tx) => {
      await app.get(WebhookOutboxService).replay(deliveryId, tx);
      await recordAct(app, { name: 'webhook_replayed', data: dataOf(delivery) }, tx);
    });
    console.log('A running server or worker sends it within seconds.');
  });
}

export async function testWebhook(id: string): Promise<void> {
  await withTables(async (app) => {
    const delivery = await app.get(WebhookTestService).send(id);
    if (!delivery) throw new CommandRefusal(`No webhook ${id}`);
    await recordAct(app, { name: 'webhook_tested', data: dataOf(delivery) });
    if (delivery.state !== 'delivered') throw new CommandRefusal(`Not taken: ${outcomeOf(delivery)}`);
    console.log(`Taken: ${outcomeOf(delivery)}`);
  });
}

/** @throws CommandRefusal when no webhook has this id. */
async function known(app: INestApplicationContext, id: string): Promise<string> {
  if (!(await app.get(WebhookEndpointService).get(id))) throw new CommandRefusal(`No webhook ${id}`);
  return id;
}

async function printEndpoints(endpoints: WebhookEndpointService): Promise<void> {
  for await (const one of itemsOf((range) => endpoints.list(range))) console.log(endpointLine(one));
}

function dataOf({ id: delivery, endpointId: webhook }: WebhookDelivery) {
  return { webhook, delivery };
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
