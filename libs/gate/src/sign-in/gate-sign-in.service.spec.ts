import { Logger } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { acrOfMeans } from '@portillon/application';
import { issueToken, Keyring, parseToken, SystemRandom } from '@portillon/kernel';
import type { SessionClientService } from '@portillon/openid';
import type { Session, SessionService } from '@portillon/session';
import { altered, SettableClock } from '@portillon/testing';
import { createHash } from 'node:crypto';
import { ORIGIN, requestTo, sessionOf } from '../testing/gate.fixture';
import type { GateSessionService } from './gate-session.service';
import { GateSignInService, ReturnedSignIn } from './gate-sign-in.service';
import type { GateSignIn } from './own-pages';

const PORTILLON = 'https://portillon.example';

function starting(keyId = 'one') {
  const clock = new SettableClock();
  const keyring = new Keyring([{ id: keyId, secret: Buffer.alloc(32, keyId) }]);
  const options = { publicUrl: PORTILLON, proxies: [], proxySecret: null };
  const unused = {} as never;
  const rest = [unused, unused, unused, unused, unused] as const;
  const random = new SystemRandom(clock);
  const service = new GateSignInService(unused, keyring, clock, random, options, ...rest);
  const begin = (target = '/', asked = ASKED) =>
    new URL(service.begin('app', { ...requestTo('/'), target }, asked)).searchParams.get('request')!;
  return { service, clock, begin };
}

const ASKED: { acr: string | null; maxAgeSeconds: number | null } = { acr: 'eidas2', maxAgeSeconds: 300 };

describe('a sign-in that the gate asks for', () => {
  it('begins on the application’s own host, and no URL reveals where it goes back to', () => {
    const { service, begin } = starting();
    const target = '/dossiers?nom=Martin';
    const location = service.begin('app', { ...requestTo('/dossiers'), target }, ASKED);
    expect(location).toMatch(/^https:\/\/app\.example\/\.portillon\/sign-in\?request=one\.[\w-]+$/);
    const state = begin(target);
    expect(service.read(state, ORIGIN)).toMatchObject({
      applicationId: 'app',
      origin: ORIGIN,
      target,
      ...ASKED,
    });
    for (const url of [location, service.start(state, ORIGIN)!.location])
      for (const part of url.split(/[.=&]/))
        expect(Buffer.from(part, 'base64url').toString('latin1') + url).not.toContain('Martin');
  });

  it('goes to our provider with PKCE, whose verifier the browser alone has', () => {
    const { service, begin } = starting();
    const state = begin();
    const { id, location, token } = service.start(state, ORIGIN)!;
    const url = new URL(location);
    const { secret } = parseToken(token)!;
    expect(parseToken(token)!.id).toBe(id);
    expect(url.origin + url.pathname).toBe(`${PORTILLON}/oidc/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'app',
      redirect_uri: `${ORIGIN}/.portillon/callback`,
      response_type: 'code',
      scope: 'openid',
      state,
      code_challenge: createHash('sha256').update(secret).digest('base64url'),
      code_challenge_method: 'S256',
      acr_values: 'eidas2',
      max_age: '300',
    });
    expect(location).not.toContain(secret);
  });

  it('asks for no level where the rule asks for none', () => {
    const { service, begin } = starting();
    const state = begin('/', { acr: null, maxAgeSeconds: null });
    const { searchParams } = new URL(service.start(state, ORIGIN)!.location);
    expect([searchParams.has('acr_values'), searchParams.has('max_age')]).toEqual([false, false]);
  });

  it('is good at its own origin, while it is not over, as we wrote it', () => {
    const { service, begin, clock } = starting();
    const state = begin();
    expect(service.start(state, 'https://other.example')).toBeUndefined();
    expect(service.start(state, ORIGIN)).toBeDefined();
    for (const text of ['', 'x', "' OR 1=1 --", altered(state), `${state}=`, starting('two').begin()])
      expect(service.start(text, ORIGIN)).toBeUndefined();
    clock.advance(15 * 60_000);
    expect(service.start(state, ORIGIN)).toBeUndefined();
  });

  it('goes back to the root of the application from an address that no `state` can hold', () => {
    const { service, begin } = starting();
    const long = `/${'x'.repeat(897)}`;
    expect(service.read(begin(long), ORIGIN)!.target).toBe(long);
    for (const longer of [`${long}x`, `/${'"'.repeat(450)}`])
      expect(service.read(begin(longer), ORIGIN)!.target).toBe('/');
    const origin = `https://${'a'.repeat(290)}`;
    const request = { ...requestTo('/'), origin, target: long };
    const location = service.begin('0'.repeat(36), request, {
      acr: 'eidas1-mfa-strong',
      maxAgeSeconds: 86_400,
    });
    expect(new URL(location).searchParams.get('request')!.length).toBeLessThanOrEqual(2_048);
  });
});

interface Redemption {
  method: string;
  url: string;
  headers: Record<string, string>;
  payload: string;
}

function idToken(claims: object): string {
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

interface Returning {
  /** What the token endpoint answers to a good code. */
  claims?: object;

  session?: Partial<Session> | undefined;
  /** The cookie of the application; nothing when another request has used the sign-in up. */
  token?: string | undefined;
}

function returning(
  changes: Partial<GateSignIn> = {},
  { session, claims = { sid: 'sid' }, ...opened }: Returning = {},
) {
  const clock = new SettableClock();
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
  const [redeemed, openings]: [Redemption[], unknown[]] = [[], []];
  const server = {
    inject: async (request: Redemption) => {
      redeemed.push(request);
      const isGood = new URLSearchParams(request.payload).get('code') === 'good';
      const answer = isGood ? { id_token: idToken(claims) } : { error: 'invalid_grant' };
      return { statusCode: isGood ? 200 : 400, body: JSON.stringify(answer), json: () => answer };
    },
  };
  const clients = {
    sessionOf: async (sid: string, id: string) => (sid === 'sid' && id === 'app' ? 'session' : undefined),
  } as SessionClientService;
  const unused = {} as never;
  const service = new GateSignInService(
    unused,
    unused,
    clock,
    unused,
    { publicUrl: PORTILLON, proxies: [], proxySecret: null },
    { get: async (id: string) => sessionOf(id, clock.now(), session) } as SessionService,
    {
      open: async (...of: unknown[]) => {
        openings.push(of);
        return 'token' in opened ? opened.token : 'token';
      },
    } as unknown as GateSessionService,
    acrOfMeans(),
    { httpAdapter: { getInstance: () => server } } as unknown as HttpAdapterHost,
    clients,
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
    redeemed,
    openings,
    signIn,
    expiresAt: sessionOf('session', clock.now()).expiresAt,
  };
}

const statusOf = async (changes: Partial<ReturnedSignIn>, row?: Partial<GateSignIn>, world?: Returning) => {
  const { service, returned, redeemed, openings } = returning(row, world);
  const { status } = await service.finish({ ...returned, ...changes });
  return { status, asked: redeemed.length, opened: openings.length };
};

describe('a sign-in that comes back', () => {
  it('redeems the code with what the browser holds, and goes back to where it began', async () => {
    const { service, returned, redeemed, openings, signIn, expiresAt } = returning();
    expect(await service.finish({ ...returned, former: 'former' })).toEqual({
      status: 'signed-in',
      location: `${ORIGIN}/dossiers?nom=Martin`,
      token: 'token',
    });
    const verifier = returned.cookie!.split('.')[1];
    const redirectUri = `${ORIGIN}/.portillon/callback`;
    expect(openings).toEqual([[signIn, { sid: 'sid', sessionId: 'session', expiresAt }, 'former']]);
    expect(redeemed).toMatchObject([{ method: 'POST', url: '/oidc/token' }]);
    expect(redeemed[0]!.headers).toEqual({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(Object.fromEntries(new URLSearchParams(redeemed[0]!.payload))).toEqual({
      grant_type: 'authorization_code',
      code: 'good',
      code_verifier: verifier,
      client_id: 'app',
      redirect_uri: redirectUri,
    });
  });

  it.each<[string, Partial<ReturnedSignIn>]>([
    ['another browser', { cookie: undefined }],
    ['the cookie of another sign-in', { cookie: issueToken(new SystemRandom(new SettableClock())).value }],
    ['another provider (mix-up)', { iss: 'https://evil.example' }],
    ['a provider that does not say its name', { iss: undefined }],
  ])('is lost with %s, before any code is looked at', async (_, changes) => {
    expect(await statusOf(changes)).toEqual({ status: 'lost', asked: 0, opened: 0 });
  });

  it('is lost with a code that the provider refuses, and the log says so', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    expect(await statusOf({ code: 'spent' })).toEqual({ status: 'lost', asked: 1, opened: 0 });
    expect(warned).toHaveBeenCalledWith(expect.stringContaining('400 {"error":"invalid_grant"}'));
    warned.mockRestore();
  });

  it.each([{ sid: 'of another application' }, { sid: 12 }, {}])(
    'is lost with a token that names no session of this application: %j',
    async (claims) => {
      expect(await statusOf({}, {}, { claims })).toEqual({ status: 'lost', asked: 1, opened: 0 });
    },
  );

  it('is lost where another request has used it up meanwhile', async () => {
    expect((await statusOf({}, {}, { token: undefined })).status).toBe('lost');
  });

  it('says why it was refused, and has no row written', async () => {
    const refused = { code: undefined, error: 'access_denied' };
    expect(await statusOf(refused)).toEqual({ status: 'refused', asked: 0, opened: 0 });
    const unmet = { code: undefined, error: 'unmet_authentication_requirements' };
    expect((await statusOf(unmet)).status).toBe('level-unmet');
    expect((await statusOf({ code: undefined, error: 'server_error' })).status).toBe('lost');
  });

  it('causes no redirect loop: a session that lacks the level gets a refusal', async () => {
    expect(await statusOf({}, { acr: 'eidas3' })).toMatchObject({ status: 'level-unmet', opened: 0 });
    const old = { authenticatedAt: new Date(0) };
    expect((await statusOf({}, { maxAgeSeconds: 300 }, { session: old })).status).toBe('level-unmet');
    expect(
      (await statusOf({}, { acr: 'eidas3', maxAgeSeconds: 300 }, { session: { means: 'cpx', amr: ['sc'] } }))
        .status,
    ).toBe('signed-in');
  });
});
