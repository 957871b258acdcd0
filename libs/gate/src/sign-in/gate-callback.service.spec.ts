import { acrOfMeans } from '@portillon/application';
import { issueToken, SystemRandom } from '@portillon/kernel';
import type { Session, SessionService } from '@portillon/session';
import { SettableClock, Steps } from '@portillon/testing';
import { ORIGIN, sessionOf } from '../testing/gate-bench';
import type { CodeRedemptionService, RedeemableCode } from './code-redemption.service';
import { GateCallbackService, ReturnedSignIn } from './gate-callback.service';
import type { GateSessionService } from './gate-session.service';
import type { GateSignIn } from './gate-sign-in.types';

const PORTILLON = 'https://portillon.example';

interface Desk {
  session?: Partial<Session> | undefined;
  /** The cookie of the application; nothing when another request has used the sign-in up. */
  token?: string | undefined;
}

function desk(changes: Partial<GateSignIn> = {}, { session, ...opened }: Desk = {}) {
  const clock = new SettableClock();
  const steps = new Steps();
  const token = issueToken(new SystemRandom(clock));
  const level = { acr: null, maxAgeSeconds: null };
  const signIn = {
    ...level,
    id: token.id,
    applicationId: 'app',
    origin: ORIGIN,
    target: '/dossiers?nom=Martin',
    expiresAt: new Date(clock.now().getTime() + 1).toISOString(),
    ...changes,
  };
  const [redeemed, openings]: [RedeemableCode[], unknown[]] = [[], []];
  const service = new GateCallbackService(
    steps.of<CodeRedemptionService>('codes', {
      redeem: async (code) => {
        redeemed.push(code);
        return code.code === 'good' ? { sid: 'sid', sessionId: 'session' } : undefined;
      },
    }),
    steps.of<SessionService>('sessions', { get: async (id) => sessionOf(id, clock.now(), session) }),
    steps.of<GateSessionService>('gateSessions', {
      open: async (...of: unknown[]) => {
        openings.push(of);
        return 'token' in opened ? opened.token : 'token';
      },
    } as Partial<GateSessionService>),
    clock,
    acrOfMeans(),
    { publicUrl: PORTILLON, proxies: [], proxySecret: null },
  );
  const returned: ReturnedSignIn = {
    signIn,
    code: 'good',
    error: undefined,
    iss: PORTILLON,
    cookie: token.value,
    former: undefined,
  };
  return {
    service,
    returned,
    steps,
    redeemed,
    openings,
    signIn,
    expiresAt: sessionOf('session', clock.now()).expiresAt,
  };
}

const statusOf = async (changes: Partial<ReturnedSignIn>, row?: Partial<GateSignIn>, world?: Desk) => {
  const { service, returned, steps } = desk(row, world);
  const { status } = await service.finish({ ...returned, ...changes });
  return { status, steps: steps.taken };
};

describe('a sign-in that comes back', () => {
  it('redeems the code with what the browser holds, and goes back to where it began', async () => {
    const { service, returned, redeemed, openings, signIn, expiresAt } = desk();
    expect(await service.finish({ ...returned, former: 'former' })).toEqual({
      status: 'signed-in',
      location: `${ORIGIN}/dossiers?nom=Martin`,
      token: 'token',
    });
    const verifier = returned.cookie!.split('.')[1];
    const redirectUri = `${ORIGIN}/.portillon/callback`;
    expect(openings).toEqual([[signIn, { sid: 'sid', sessionId: 'session', expiresAt }, 'former']]);
    expect(redeemed).toEqual([{ code: 'good', verifier, clientId: 'app', redirectUri }]);
  });

  it.each<[string, Partial<ReturnedSignIn>]>([
    ['another browser', { cookie: undefined }],
    ['the cookie of another sign-in', { cookie: issueToken(new SystemRandom(new SettableClock())).value }],
    ['another provider (mix-up)', { iss: 'https://evil.example' }],
    ['a provider that does not say its name', { iss: undefined }],
  ])('is lost with %s, before any code is looked at', async (_, changes) => {
    const { status, steps } = await statusOf(changes);
    expect(status).toBe('lost');
    expect(steps).toEqual([]);
  });

  it('is lost with a code that the provider refuses', async () => {
    const { status, steps } = await statusOf({ code: 'spent' });
    expect([status, steps.includes('gateSessions.open')]).toEqual(['lost', false]);
  });

  it('is lost where another request has used it up meanwhile', async () => {
    expect((await statusOf({}, {}, { token: undefined })).status).toBe('lost');
  });

  it('says why it was refused, and has no row written', async () => {
    const refused = { code: undefined, error: 'access_denied' };
    expect(await statusOf(refused)).toEqual({ status: 'refused', steps: [] });
    const unmet = { code: undefined, error: 'unmet_authentication_requirements' };
    expect((await statusOf(unmet)).status).toBe('level-unmet');
    expect((await statusOf({ code: undefined, error: 'server_error' })).status).toBe('lost');
  });

  it('causes no redirect loop: a session that lacks the level gets a refusal', async () => {
    const { status, steps } = await statusOf({}, { acr: 'eidas3' });
    expect([status, steps.includes('gateSessions.open')]).toEqual(['level-unmet', false]);
    const old = { authenticatedAt: new Date(0) };
    expect((await statusOf({}, { maxAgeSeconds: 300 }, { session: old })).status).toBe('level-unmet');
    expect(
      (await statusOf({}, { acr: 'eidas3', maxAgeSeconds: 300 }, { session: { means: 'cpx', amr: ['sc'] } }))
        .status,
    ).toBe('signed-in');
  });
});
