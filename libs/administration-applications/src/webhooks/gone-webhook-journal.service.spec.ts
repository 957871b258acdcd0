import type { AuditEvent, AuditService } from '@portillon/audit';
import { Steps } from '@portillon/testing';
import type { WebhookDeliveryService } from '@portillon/webhook';
import { endpoint } from '../testing/webhook.fixture';
import { GoneWebhookJournalService } from './gone-webhook-journal.service';

it('a webhook that a 410 disabled is in the journal of its structure, in the same transaction', async () => {
  const steps = new Steps();
  const recorded: AuditEvent[] = [];
  const journal = new GoneWebhookJournalService(
    {} as WebhookDeliveryService,
    steps.of<AuditService>('audit', { record: async (event) => void recorded.push(event) }),
  );
  await steps.transactions.run((tx) => journal.webhookGone(endpoint(), tx));
  expect(steps.taken).toEqual(['begin', 'audit.record(tx)', 'commit']);
  expect(recorded).toEqual([
    {
      name: 'webhook_disabled',
      outcome: 'SUCCESS',
      reason: 'gone',
      structureId: 'hospital',
      data: { webhook: 'webhook' },
    },
  ]);
});
