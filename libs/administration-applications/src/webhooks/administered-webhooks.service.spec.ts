import { Steps } from '@portillon/testing';
import type { WebhookEndpointService, WebhookOutboxService, WebhookTestService } from '@portillon/webhook';
import type { AccessRefusalService, AdministeredStructureService } from '@portillon/user-management';
import { OF_HOSPITAL } from '@portillon/user-management/testing';
import { delivery, endpoint, webhookJournal } from '../testing/webhook.fixture';
import { AdministeredWebhooksService } from './administered-webhooks.service';

function acts() {
  const steps = new Steps();
  const { journal, journalled } = webhookJournal(steps);
  const service = new AdministeredWebhooksService(
    steps.transactions,
    {} as AdministeredStructureService,
    steps.of<WebhookEndpointService>('endpoints', { get: async () => endpoint() }),
    steps.of<WebhookOutboxService>('outbox', {
      get: async () => delivery(),
      replay: async () => delivery({ state: 'pending' }),
    }),
    steps.of<WebhookTestService>('tests', { send: async () => delivery({ id: 'test', state: 'failed' }) }),
    journal,
    {} as AccessRefusalService,
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
