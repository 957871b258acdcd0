import type { AuditEvent, AuditSealService, AuditService, JournalLine } from '@portillon/audit';
import type { EndedSession, SessionService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { WebhookDeliveryService, WebhookEvent, WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { endpoint } from '../testing/webhook.fixture';
import { WebhookSubscriptionsService } from './webhook-subscriptions.service';

function subscriptions(sessions: Partial<SessionService> = {}) {
  const steps = new Steps();
  const clock = new SettableClock();
  const published: WebhookEvent[] = [];
  const recorded: AuditEvent[] = [];
  const subscribed: unknown[] = [];
  const subscribe = (one: unknown) => void subscribed.push(one);
  const service = new WebhookSubscriptionsService(
    { subscribe } as unknown as AuditSealService,
    { subscribe, ...sessions } as unknown as SessionService,
    { subscribe } as unknown as WebhookDeliveryService,
    steps.of<WebhookOutboxService>('outbox', {
      publishAll: async (events) => void published.push(...events),
    }),
    steps.of<AuditService>('audit', { record: async (event) => void recorded.push(event) }),
    clock,
  );
  return { steps, clock, published, recorded, subscribed, service };
}

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
    const { steps, published, subscribed, service } = subscriptions();
    service.onModuleInit();
    expect(subscribed).toEqual([service, service, service]);
    const closed = { ...LINE, id: 'closed', name: 'user_archived', structureId: 'clinic' };
    const lines = [LINE, { ...LINE, name: 'authn_login_fail' }, closed];
    await steps.transactions.run((tx: EntityManager) => service.linesSealed(lines, tx));
    expect(steps.taken).toEqual(['begin', 'outbox.publishAll(tx)', 'commit']);
    expect(published).toMatchObject([
      { type: 'session.opened', structureId: 'hospital', data: { eventId: 'line' } },
      { type: 'account.deactivated', structureId: 'clinic', data: { eventId: 'closed' } },
    ]);
  });
});

const ENDED: EndedSession[] = [
  { id: 'one', accountId: 'claire', structureId: 'hospital', reason: 'expired' },
  { id: 'two', accountId: 'paul', structureId: 'clinic', reason: 'sign-out' },
  { id: 'three', accountId: 'nadia', structureId: 'hospital', reason: null },
];

describe('webhooks hear of the end of sessions', () => {
  const { clock, published, service } = subscriptions({ ended: async () => ENDED });

  beforeAll(async () => {
    await service.sessionsEnded(['one', 'two', 'three'], {} as EntityManager);
  });

  it('each in its structure', () => {
    const told = published.map(({ structureId, data }) => [structureId, data['sessionId']]);
    expect(told).toEqual([
      ['hospital', 'one'],
      ['clinic', 'two'],
      ['hospital', 'three'],
    ]);
  });

  it('by ids and with its cause, the erasure of the account too', () => {
    expect(published[0]).toEqual({
      type: 'session.ended',
      structureId: 'hospital',
      at: clock.now(),
      data: {
        eventId: null,
        accountId: 'claire',
        structureId: 'hospital',
        sessionId: 'one',
        cause: 'expired',
      },
    });
    expect(published[2]).toMatchObject({ data: { accountId: 'nadia', cause: 'erased' } });
  });
});

it('a webhook that a 410 disabled is in the journal of its structure, in the same transaction', async () => {
  const { steps, recorded, service } = subscriptions();
  await steps.transactions.run((tx) => service.webhookGone(endpoint(), tx));
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
