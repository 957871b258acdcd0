import type { ApplicationService } from '@portillon/application';
import type { SessionEndSubscriber, SessionService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import type {
  OpenidLogoutDeliveryEntity,
  OpenidLogoutDeliveryRepository,
} from '../back-channel/openid-logout-delivery.repository';
import type { OpenidSessionClientRepository } from '../sessions/openid-session-client.repository';
import { application, NOW } from '../testing/openid.fixture';
import { ApplicationSignOutService } from './application-sign-out.service';

const entry = (applicationId: string) => ({
  sessionId: 'session',
  applicationId,
  accountId: 'claire',
  sid: `sid-${applicationId}`,
});
const WITH_ADDRESS = application({ backchannelLogoutUri: 'https://agenda.example/logout' });

function ending(entered: string[]) {
  const steps = new Steps();
  const written: OpenidLogoutDeliveryEntity[] = [];
  const subscribers: SessionEndSubscriber[] = [];
  const service = new ApplicationSignOutService(
    steps.of<OpenidSessionClientRepository>('clients', {
      ofSessions: async () => entered.map(entry) as never,
    }),
    {} as never,
    new SettableClock(NOW),
    { subscribe: (one: SessionEndSubscriber) => subscribers.push(one) } as unknown as SessionService,
    steps.of<ApplicationService>('applications', {
      get: async (id) => {
        if (id === 'gone') return null;
        return id === 'quiet' ? application() : { ...WITH_ADDRESS, id };
      },
    }),
    steps.of<OpenidLogoutDeliveryRepository>('deliveries', { put: async (row) => void written.push(row) }),
  );
  service.onModuleInit();
  const end = () =>
    steps.transactions.run((tx: EntityManager) => subscribers[0]!.sessionsEnded(['session'], tx));
  return { steps, written, end };
}

describe('the end of a session', () => {
  it('is written down for each application that it entered, in the transaction that ends it', async () => {
    const { steps, written, end } = ending(['agenda', 'dossiers']);
    await end();
    expect(written.map(({ applicationId }) => applicationId)).toEqual(['agenda', 'dossiers']);
    expect(written[0]).toEqual({
      sessionId: 'session',
      applicationId: 'agenda',
      accountId: 'claire',
      sid: 'sid-agenda',
      createdAt: NOW,
      attempts: 0,
      dueAt: NOW,
      deliveredAt: null,
      failure: null,
    });
    expect(steps.taken.every((step) => /^(begin|commit)$|\(tx\)$/.test(step))).toBe(true);
  });

  it('is written for no application that has no address, or is gone', async () => {
    const { written, end } = ending(['quiet', 'gone', 'agenda']);
    await end();
    expect(written.map(({ applicationId }) => applicationId)).toEqual(['agenda']);
  });
});
