import { SettableClock, Steps } from '@portillon/testing';
import type { OpenidLogoutDeliveryRepository } from '../back-channel/openid-logout-delivery.repository';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import { ApplicationSignOutService } from './application-sign-out.service';
import type { OpenidSessionClientRepository } from '../sessions/openid-session-client.repository';

interface Entry {
  sessionId: string;
  applicationId: string;
  grantId: string | null;
}

const entry = (
  sessionId: string,
  applicationId: string,
  grantId: string | null = `grant-${sessionId}`,
): Entry => ({
  sessionId,
  applicationId,
  grantId,
});

function signingOut(entered: Entry[]) {
  const steps = new Steps();
  const [ended, grants, notified]: [string[], string[], string[]] = [[], [], []];
  const service = new ApplicationSignOutService(
    steps.of<OpenidSessionClientRepository>('clients', {
      findBySessions: async () => entered as never,
      end: async ({ sessionId }) => ended.push(sessionId) > 0,
    }),
    steps.of<OpenidArtifactService>('artifacts', { endGrant: async (id) => void grants.push(id) }),
    new SettableClock(),
    {} as never,
    { get: async () => ({ backchannelLogoutUri: 'https://agenda.example/logout' }) } as never,
    steps.of<OpenidLogoutDeliveryRepository>('deliveries', {
      put: async ({ sessionId }) => void notified.push(sessionId),
    }),
  );
  const end = () => steps.transactions.run((tx) => service.end('agenda', ['one', 'two'], tx));
  return { steps, ended, grants, notified, end };
}

describe('signing out of one application', () => {
  it('ends its entry, then its grant with every token under it, before it notifies it, in one transaction', async () => {
    const { steps, ended, grants, notified, end } = signingOut([entry('one', 'agenda')]);
    expect(await end()).toEqual(['one']);
    expect([ended, grants, notified]).toEqual([['one'], ['grant-one'], ['one']]);
    expect(steps.taken).toEqual([
      'begin',
      'clients.findBySessions(tx)',
      'clients.end(tx)',
      'artifacts.endGrant(tx)',
      'deliveries.put(tx)',
      'commit',
    ]);
  });

  it('leaves what the sessions hold of other applications', async () => {
    const { ended, grants, notified, end } = signingOut([entry('one', 'dossiers'), entry('two', 'agenda')]);
    expect(await end()).toEqual(['two']);
    expect([ended, grants, notified]).toEqual([['two'], ['grant-two'], ['two']]);
  });

  it('ends an entry that was granted nothing', async () => {
    const { ended, grants, end } = signingOut([entry('one', 'agenda', null)]);
    expect(await end()).toEqual(['one']);
    expect([ended, grants]).toEqual([['one'], []]);
  });

  it('has nothing to end where no session entered it', async () => {
    expect(await signingOut([]).end()).toEqual([]);
  });
});
