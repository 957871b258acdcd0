import type { AuditSealService, JournalSubscriber, JournalLine } from '@portillon/audit';
import { Steps } from '@portillon/testing';
import type { WebhookEvent, WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { WebhookPublisherService } from './webhook-publisher.service';

const LINE: JournalLine = {
  id: 'line',
  name: 'authn_login_success',
  accountId: 'claire',
  structureId: 'hospital',
  address: null,
  device: null,
  happenedAt: new Date(0),
  data: {},
};

describe('webhooks hear of what the journal says', () => {
  it('when it is sealed, of all its lines at once, in the transaction that seals them', async () => {
    const steps = new Steps();
    const published: WebhookEvent[] = [];
    let subscriber: JournalSubscriber | undefined;
    const publisher = new WebhookPublisherService(
      steps.of<AuditSealService>('seals', { subscribe: (one) => void (subscriber = one) }),
      steps.of<WebhookOutboxService>('outbox', {
        publishAll: async (events) => void published.push(...events),
      }),
    );
    publisher.onModuleInit();
    const closed = { ...LINE, id: 'closed', name: 'user_archived', structureId: 'clinic' };
    const lines = [LINE, { ...LINE, name: 'authn_login_fail' }, closed];
    await steps.transactions.run((tx: EntityManager) => subscriber!.linesSealed(lines, tx));
    expect(steps.taken).toEqual(['seals.subscribe', 'begin', 'outbox.publishAll(tx)', 'commit']);
    expect(published).toMatchObject([
      { type: 'session.opened', structureId: 'hospital', data: { eventId: 'line' } },
      { type: 'account.deactivated', structureId: 'clinic', data: { eventId: 'closed' } },
    ]);
  });
});
