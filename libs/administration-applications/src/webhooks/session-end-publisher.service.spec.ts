import type { EndedSession, SessionService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { WebhookEvent, WebhookOutboxService } from '@portillon/webhook';
import type { EntityManager } from 'typeorm';
import { SessionEndPublisherService } from './session-end-publisher.service';

const ENDED: EndedSession[] = [
  { id: 'one', accountId: 'claire', structureId: 'hospital', reason: 'expired' },
  { id: 'two', accountId: 'paul', structureId: 'clinic', reason: 'sign-out' },
  { id: 'three', accountId: 'nadia', structureId: 'hospital', reason: null },
];

describe('webhooks hear of the end of sessions', () => {
  const clock = new SettableClock();
  const published: WebhookEvent[] = [];

  beforeAll(async () => {
    const steps = new Steps();
    const publisher = new SessionEndPublisherService(
      steps.of<SessionService>('sessions', { ended: async () => ENDED }),
      steps.of<WebhookOutboxService>('outbox', {
        publishAll: async (events) => void published.push(...events),
      }),
      clock,
    );
    await publisher.sessionsEnded(['one', 'two', 'three'], {} as EntityManager);
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
