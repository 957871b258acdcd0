import type { FederatedSession, FederatedSignInService, VerifiedIdentity } from '@portillon/auth';
import type { SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { ActivityChoiceService } from './activity-choice.service';
import type { LogoutTokenService } from '../sign-out/logout-token.service';
import { ProSanteConnectSignInService } from './pro-sante-connect-sign-in.service';
import type { ProviderSessionService } from '../sign-out/provider-session.service';
import { activity, CLAIRE, CLIENT, SESSION } from '../testing/proven';

const OPENED = { session: SESSION, sessionToken: 't' } as FederatedSession;
const TWO = { ...CLAIRE, activities: [activity('0.0'), activity('0.1')] };
const CHOICE = { id: 'choice', identity: TWO, returnTo: '/' };

describe('who PSC has proved', () => {
  let steps: Steps;
  let proved: VerifiedIdentity | undefined;

  beforeEach(() => {
    steps = new Steps();
    proved = undefined;
  });

  interface Changes {
    federated?: Partial<FederatedSignInService>;
    choices?: Partial<ActivityChoiceService>;
    ended?: boolean;
  }
  const service = ({ federated = {}, choices = {}, ended = false }: Changes = {}) =>
    new ProSanteConnectSignInService(
      steps.of<FederatedSignInService>('federated', {
        admit: async () => OPENED.account,
        signIn: (identity, presented) =>
          steps.transactions.run(async (tx) => {
            proved = identity;
            if (presented?.consume && !(await presented.consume(tx))) return undefined;
            await presented?.keep?.(SESSION, tx);
            return OPENED;
          }),
        ...federated,
      }),
      steps.of<ActivityChoiceService>('choices', {
        find: async () => CHOICE,
        offer: async () => 'choice-token',
        consume: async () => true,
        ...choices,
      }),
      steps.of<ProviderSessionService>('providerSessions', {
        keep: async () => undefined,
        keepTurnedAway: async () => 'way-out',
      }),
      steps.of<LogoutTokenService>('logoutTokens', { hasEnded: async () => ended }),
      steps.of<SessionService>('sessions', { end: async () => true }),
    );

  it('is signed in with what PSC calls their session, and then PSC is asked whether it has ended', async () => {
    const result = await service().enter(CLAIRE, '/agenda', CLIENT);
    expect(result).toEqual({ status: 'signed-in', opened: OPENED, returnTo: '/agenda' });
    expect(steps.taken).toEqual([
      'federated.signIn',
      'begin',
      'providerSessions.keep(tx)',
      'commit',
      'logoutTokens.hasEnded',
    ]);
    expect(proved).toMatchObject({ means: 'pro-sante-connect', nationalId: '899700366240', activity: null });
  });

  it('has proved it when PSC says so, and never where PSC does not say', async () => {
    await service().enter(CLAIRE, '/', CLIENT);
    expect(proved!.authenticatedAt).toEqual(new Date('2025-11-24T16:00:00Z'));
    await service().enter({ ...CLAIRE, authTime: null }, '/', CLIENT);
    expect(proved!.authenticatedAt).toEqual(new Date(0));
  });

  it('is signed out at once when PSC has ended their session meanwhile', async () => {
    await expect(service({ ended: true }).enter(CLAIRE, '/', CLIENT)).rejects.toMatchObject({
      code: 'identity.rejected',
    });
    expect(steps.taken.slice(-3)).toEqual(['commit', 'logoutTokens.hasEnded', 'sessions.end']);
  });

  it('uses the choice up in the transaction of the session', async () => {
    expect(await service().choose('token', '0.1', CLIENT)).toBe(OPENED);
    expect(steps.taken).toEqual([
      'choices.find',
      'federated.signIn',
      'begin',
      'choices.consume(tx)',
      'providerSessions.keep(tx)',
      'commit',
      'logoutTokens.hasEnded',
    ]);
    expect(proved!.activity).toMatchObject({ structureId: 'R0.1' });
  });
});
