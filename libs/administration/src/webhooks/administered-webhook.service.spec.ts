import { Steps } from '@portillon/testing';
import type { WebhookEndpointService, WebhookOutboxService } from '@portillon/webhook';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
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
  it('is reached by the administrator of its structure, and by a national one', async () => {
    const { service } = administered();
    expect((await service.get(OF_HOSPITAL, 'webhook')).id).toBe('webhook');
    for (const { id } of WEBHOOKS) expect((await service.get(NATIONAL, id)).id).toBe(id);
  });

  it.each(['clinic-webhook', 'national-webhook', 'nowhere'])(
    'of somebody else is hidden from a structure’s administrator, and the journal says so: %s',
    async (id) => {
      const { steps, service } = administered();
      await expect(service.get(OF_HOSPITAL, id)).rejects.toMatchObject({ code: 'not-found' });
      expect(steps.taken).toContain('refusals.hide');
    },
  );

  it('that does not exist is not found', async () => {
    await expect(administered().service.get(NATIONAL, 'nowhere')).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('shows no delivery of another one', async () => {
    const { service } = administered();
    expect(await service.delivery(OF_HOSPITAL, 'webhook', 'delivery')).toEqual(delivery());
    for (const id of ['elsewhere', 'nowhere'])
      await expect(service.delivery(OF_HOSPITAL, 'webhook', id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is listed within reach', async () => {
    const { asked, service } = administered();
    await service.list(OF_HOSPITAL, { limit: 50 });
    await service.list(NATIONAL, { limit: 50 });
    expect(asked).toEqual([{ limit: 50, structureId: 'hospital' }, { limit: 50 }]);
  });
});
