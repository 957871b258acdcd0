import { Steps } from '@portillon/testing';
import type { WebhookOutboxService, WebhookTestService } from '@portillon/webhook';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { delivery, endpoint, webhookJournal } from '../testing/webhook.fixture';
import type { AdministeredWebhookService } from './administered-webhook.service';
import { WebhookDeliveryActService } from './webhook-delivery-act.service';

function acts() {
  const steps = new Steps();
  const { journal, journalled } = webhookJournal(steps);
  const service = new WebhookDeliveryActService(
    steps.transactions,
    steps.of<AdministeredWebhookService>('administered', {
      get: async () => endpoint(),
      delivery: async () => delivery(),
    }),
    steps.of<WebhookOutboxService>('outbox', { replay: async () => delivery({ state: 'pending' }) }),
    steps.of<WebhookTestService>('tests', { send: async () => delivery({ id: 'test', state: 'failed' }) }),
    journal,
  );
  return { steps, journalled, service };
}

describe('a delivery', () => {
  it('is sent again with its line of the journal', async () => {
    const { journalled, service } = acts();
    expect(await service.replay(OF_HOSPITAL, 'webhook', 'delivery')).toMatchObject({ state: 'pending' });
    expect(journalled).toMatchObject([{ name: 'webhook_replayed', data: { delivery: 'delivery' } }]);
  });
});

it('a test waits outside of any transaction for what comes of it, and is in the journal', async () => {
  const { steps, journalled, service } = acts();
  expect(await service.test(OF_HOSPITAL, 'webhook')).toMatchObject({ state: 'failed' });
  expect(steps.taken).not.toContain('begin');
  expect(journalled).toMatchObject([{ name: 'webhook_tested', data: { delivery: 'test' } }]);
});
