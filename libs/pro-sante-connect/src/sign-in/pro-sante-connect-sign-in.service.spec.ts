import type { FederatedSignInService, OpenedSession, VerifiedIdentity } from '@portillon/auth';
import type { SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { ActivityChoiceService } from './activity-choice.service';
import type { ProviderSessionService } from '../sign-out/provider-session.service';
import { ProSanteConnectSignInService } from './pro-sante-connect-sign-in.service';
import { CLAIRE, CLIENT, SESSION } from '../testing/proven';

const OPENED = { session: SESSION, sessionToken: 't' } as OpenedSession;

describe('who PSC has proved', () => {
  let steps: Steps;
  let proved: VerifiedIdentity | undefined;

  beforeEach(() => {
    steps = new Steps();
    proved = undefined;
  });

  interface Changes {
    ended?: boolean;
  }
  const service = ({ ended = false }: Changes = {}) =>
    new ProSanteConnectSignInService(
      steps.of<FederatedSignInService>('federated', {
        signIn: (identity, presented) =>
          steps.transactions.run(async (tx) => {
            proved = identity;
            await presented!.keep!(SESSION, tx);
            return OPENED;
          }),
      }),
      steps.of<ActivityChoiceService>('choices', {}),
      steps.of<ProviderSessionService>('providerSessions', {
        record: async () => undefined,
        hasEnded: async () => ended,
      }),
      steps.of<SessionService>('sessions', { end: async () => true }),
    );

  it('is signed in with what PSC calls their session, which is committed before its end is looked for', async () => {
    const result = await service().enter(CLAIRE, '/agenda', CLIENT);
    expect(result).toEqual({ status: 'signed-in', opened: OPENED, returnTo: '/agenda' });
    expect(steps.taken).toEqual([
      'federated.signIn',
      'begin',
      'providerSessions.record(tx)',
      'commit',
      'providerSessions.hasEnded',
    ]);
    expect(proved).toMatchObject({ means: 'pro-sante-connect', nationalId: '899700366240', activity: null });
  });

  it('is signed out at once when PSC has ended their session meanwhile', async () => {
    await expect(service({ ended: true }).enter(CLAIRE, '/', CLIENT)).rejects.toMatchObject({
      code: 'identity.rejected',
    });
    expect(steps.taken).toContain('sessions.end');
  });
});
