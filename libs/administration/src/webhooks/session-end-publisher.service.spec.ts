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
  const published: Record<string, WebhookEvent[]> = {};

  beforeAll(async () => {
    const steps = new Steps();
    const publisher = new SessionEndPublisherService(
      steps.of<SessionService>('sessions', { ended: async () => ENDED }),
      steps.of<WebhookOutboxService>('outbox', {
        publishAll: async (structureId, events) => void (published[structureId!] = [...events]),
      }),
      clock,
    );
    await publisher.sessionsEnded(['one', 'two', 'three'], {} as EntityManager);
  });

  it('each in its structure, asked once for all of its sessions', () => {
    const sessions = (structureId: string) => published[structureId]!.map(({ data }) => data['sessionId']);
    expect(sessions('hospital')).toEqual(['one', 'three']);
    expect(sessions('clinic')).toEqual(['two']);
  });

  it('by ids and with its cause, the erasure of its person too', () => {
    expect(published['hospital']).toEqual([
      {
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
      },
      expect.objectContaining({ data: expect.objectContaining({ accountId: 'nadia', cause: 'erased' }) }),
    ]);
  });
});
