import type { IdentityLinkService } from '@portillon/auth';
import { AppError } from '@portillon/kernel';
import type { Session, SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import type { ProviderSessionService } from '../sign-out/provider-session.service';
import { Unproven } from '../refusal';
import { CLAIRE, CLIENT, SESSION } from '../testing/proven';

const BACK = { linkFor: 'session-1', sessionToken: 't', client: CLIENT };

describe('an e-CPS that is to be linked', () => {
  let steps: Steps;
  let refused: string[];
  const identify = jest.fn(async () => CLAIRE);

  beforeEach(() => {
    steps = new Steps();
    refused = [];
    identify.mockClear();
  });

  const service = (session: Session | null = SESSION, link?: () => Promise<boolean>) =>
    new ProSanteConnectLinkService(
      steps.of<IdentityLinkService>('identities', {
        link: (_session, _proven, presented) =>
          steps.transactions.run(async (tx) => {
            await presented!.keep!(tx);
            return link ? link() : true;
          }),
        refuse: async (_session, _proven, reason) => void refused.push(reason),
      }),
      steps.of<SessionService>('sessions', { find: async () => session ?? undefined }),
      steps.of<ProviderSessionService>('providerSessions', { keepAnew: async () => undefined }),
    );

  it('is linked to the account of the session that asked, with PSC’s session, in one transaction', async () => {
    expect(await service().link(identify, BACK)).toEqual({ status: 'linked' });
    expect(steps.taken).toEqual([
      'sessions.find',
      'identities.link',
      'begin',
      'providerSessions.keepAnew(tx)',
      'commit',
    ]);
  });

  it.each([
    ['another session is open here', { ...SESSION, id: 'session-2' }],
    ['no session is open here', undefined],
  ])('is linked to no one, and PSC is asked nothing, when %s', async (_, session) => {
    expect(await service(session ?? null).link(identify, BACK)).toEqual({
      status: 'not-linked',
      code: 'session.required',
    });
    expect(identify).not.toHaveBeenCalled();
    expect(refused).toEqual(['other-session']);
    expect(steps.taken).not.toContain('identities.link');
  });

  it('is not linked when PSC proved no one, which the journal says', async () => {
    const cancelled = () => Promise.reject(new Unproven('sign-in.cancelled', 'cancelled'));
    expect(await service().link(cancelled, BACK)).toEqual({
      status: 'not-linked',
      code: 'sign-in.cancelled',
    });
    expect(refused).toEqual(['cancelled']);
    expect(steps.taken).not.toContain('identities.link');
  });

  it('is not linked in the place of another', async () => {
    const taken = () => Promise.reject(new AppError('account.already-linked'));
    expect(await service(SESSION, taken).link(identify, BACK)).toEqual({
      status: 'not-linked',
      code: 'account.already-linked',
    });
  });
});
