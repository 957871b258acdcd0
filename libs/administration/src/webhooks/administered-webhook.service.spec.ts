import { Steps } from '@portillon/testing';
import type { WebhookEndpointService, WebhookOutboxService } from '@portillon/webhook';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { refusing } from '../testing/refusals.fixture';
import { delivery, endpoint } from '../testing/webhook.fixture';
import { AdministeredWebhookService } from './administered-webhook.service';

const WEBHOOKS = [
  endpoint(),
  endpoint({ id: 'clinic-webhook', structureId: 'clinic' }),
  endpoint({ id: 'national-webhook', structureId: null }),
];

function administered() {
  const steps = new Steps();
  const asked: unknown[] = [];
  const service = new AdministeredWebhookService(
    steps.of<WebhookEndpointService>('endpoints', {
      get: async (id) => WEBHOOKS.find((one) => one.id === id),
      list: async (range) => (asked.push(range), { items: [], nextCursor: null }),
    }),
    steps.of<WebhookOutboxService>('outbox', {
      get: async (id) =>
        [delivery(), delivery({ id: 'elsewhere', endpointId: 'clinic-webhook' })].find(
          (one) => one.id === id,
        ),
    }),
    refusing(steps),
  );
  return { steps, asked, service };
}

describe('a webhook', () => {
  it('shows no delivery of another one', async () => {
    const { service } = administered();
    expect(await service.delivery(OF_HOSPITAL, 'webhook', 'delivery')).toEqual(delivery());
    for (const id of ['elsewhere', 'nowhere'])
      await expect(service.delivery(OF_HOSPITAL, 'webhook', id)).rejects.toMatchObject({ code: 'not-found' });
  });
});
