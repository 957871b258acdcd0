import type { ApplicationService, ClientApplication } from '@portillon/application';
import { epochSeconds } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { AdapterPayload } from 'oidc-provider';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import type { ResolvedOpenidOptions } from '../openid.options';
import type { LiveSessionService } from '../provider/live-session.service';
import { application, LEVELS, NOW, session, SIGNED_IN_AT } from '../testing/openid.fixture';
import { InteractionService, type ProofOffer } from './interaction.service';

const OPTIONS = { publicUrl: 'https://portillon.example' } as ResolvedOpenidOptions;
const COOKIE = '__Secure-_interaction';
const BACK = 'https://portillon.example/oidc/authorize/request';
const OFFER: ProofOffer = { means: ['cpx'], codes: ['totp'] };

interface Waiting {
  payload?: Partial<AdapterPayload>;
  session?: Session | undefined;
  application?: Partial<ClientApplication> | null;
  cookie?: string | undefined;
  expired?: boolean;
  late?: boolean;
}

/** An application that has waited since before Claire signed in. Tests override parts of it. */
function waiting(world: Waiting = {}) {
  const payload = {
    iat: epochSeconds(SIGNED_IN_AT) - 60,
    exp: epochSeconds(NOW) + 300,
    returnTo: BACK,
    params: { client_id: 'agenda' },
    prompt: { name: 'login', reasons: ['no_session'], details: {} },
    ...world.payload,
  } as AdapterPayload;
  const put: { payload: AdapterPayload; seconds: number }[] = [];
  const consented: string[] = [];
  const placed: string[] = [];
  const artifacts = {
    find: async () => (world.expired ? undefined : payload),
    findExpiredToo: async (_model: string, uid: string) => (uid === 'request' ? payload : undefined),
    put: async (_model: string, _uid: string, kept: AdapterPayload, seconds: number) =>
      void put.push({ payload: kept, seconds }),
  };
  const registered = world.application === null ? null : application(world.application);
  const current = 'session' in world ? world.session : session();
  const service = new InteractionService(
    artifacts as unknown as OpenidArtifactService,
    { get: async (id: string) => (id === 'agenda' ? registered : null) } as unknown as ApplicationService,
    {
      ofBrowser: async () => current,
      codeIsLate: () => world.late ?? false,
    } as unknown as LiveSessionService,
    new SettableClock(NOW),
    LEVELS,
    OPTIONS,
    {} as never,
    {} as never,
    {} as never,
    {} as never,
    { choose: async (_session: Session, id: string) => void placed.push(id) } as never,
  );
  jest.spyOn(service, 'operatorOf').mockResolvedValue('Hôpital des Trois Dames');
  jest.spyOn(service, 'offeredProofs').mockResolvedValue(OFFER);
  jest.spyOn(service, 'grantConsent').mockImplementation(async (_payload, { accountId }) => {
    consented.push(accountId);
    return { grantId: 'grant' };
  });
  const cookies = { [COOKIE]: 'cookie' in world ? world.cookie : 'request' };
  const request = { cookies, headers: {} } as unknown as FastifyRequest;
  return {
    put,
    consented,
    placed,
    details: () => service.details('request', request),
    complete: () => service.complete('request', request),
    refuse: () => service.refuse('request', request),
    result: () => put[0]?.payload['result'] as Record<string, unknown> | undefined,
  };
}

const prompt = (name: string, reasons: string[] = []) => ({ name, reasons, details: {} });
const ASKS_LEVEL = { params: { client_id: 'agenda', acr_values: 'eidas3' } };

describe('the page of an application that waits', () => {
  it('asks a person who is not signed in to sign in, and has the name that the application knows', async () => {
    const params = { client_id: 'agenda', login_hint: 'claire.martin' };
    const { details } = waiting({ session: undefined, payload: { params } });
    expect(await details()).toEqual({
      application: { id: 'agenda', name: 'Agenda', initiateLoginUri: null, operator: null },
      prompt: 'sign-in',
      means: [],
      codes: [],
      account: null,
      requiredAcr: null,
      maxAge: null,
      structures: [],
      scopes: [],
      loginHint: 'claire.martin',
    });
  });

  it('offers what proves the level that is asked for, to the person who is signed in', async () => {
    expect(await waiting({ payload: ASKS_LEVEL }).details()).toMatchObject({
      prompt: 'step-up',
      account: { displayName: 'Claire Martin' },
      requiredAcr: 'eidas3',
      loginHint: null,
      ...OFFER,
    });
  });

  it('asks for a proof again when the code is late, or the proof is too old', async () => {
    expect(await waiting({ late: true }).details()).toMatchObject({ prompt: 'step-up' });
    const params = { client_id: 'agenda', max_age: 60 };
    const iat = epochSeconds(NOW) - 10;
    expect(await waiting({ payload: { iat, params } }).details()).toMatchObject({
      prompt: 'step-up',
      maxAge: 60,
    });
  });

  it('asks for a proof of this very request where the application says so', async () => {
    const params = { client_id: 'agenda', prompt: 'login' };
    const iat = epochSeconds(NOW) - 10;
    expect(await waiting({ payload: { iat, params } }).details()).toMatchObject({ prompt: 'step-up' });
    expect(await waiting({ payload: { params } }).details()).toMatchObject({ prompt: 'confirm-identity' });
    const wantsNone = { iat, params: { client_id: 'agenda' } };
    expect(await waiting({ payload: wantsNone }).details()).toMatchObject({ prompt: 'confirm-identity' });
  });

  it.each(['id_token_hint', 'claims_id_token_sub_value'])(
    'asks another person to sign in, until one has: %s',
    async (reason) => {
      const before = { prompt: prompt('login', [reason]), session: { uid: 'session' } };
      expect(await waiting({ payload: before as never }).details()).toMatchObject({ prompt: 'sign-in' });
      const besides = { ...before, prompt: prompt('login', ['max_age', reason]) };
      expect(await waiting({ payload: besides as never }).details()).toMatchObject({ prompt: 'sign-in' });
      const since = { ...before, session: { uid: 'another' } };
      const first = { ...before, session: undefined };
      for (const payload of [since, first])
        expect(await waiting({ payload: payload as never }).details()).not.toMatchObject({
          prompt: 'sign-in',
        });
    },
  );

  it('asks a person of several structures for one of those that it is for, until one was chosen', async () => {
    const [nord, sud, est] = ['nord', 'sud', 'est'].map((id) => ({ structure: { id, name: id }, roles: [] }));
    const of = (changes: object) =>
      session({ principal: { ...session().principal, memberships: [nord, sud, est], ...changes } as never });
    const asking = { session: of({}), application: { audienceStructures: ['sud', 'est'] } };
    expect(await waiting(asking).details()).toMatchObject({
      prompt: 'structure',
      structures: [
        { id: 'sud', name: 'sud' },
        { id: 'est', name: 'est' },
      ],
    });
    expect(await waiting({ ...asking, application: {} }).details()).toMatchObject({ prompt: 'structure' });
    const chosen = { ...asking, session: of({ structureChosen: true }) };
    expect(await waiting(chosen).details()).toMatchObject({ prompt: 'confirm-identity', structures: [] });
  });

  it('takes the only structure of the person that it is for', async () => {
    const memberships = ['nord', 'sud'].map((id) => ({ structure: { id, name: id }, roles: [] }));
    const at = { session: session({ principal: { ...session().principal, memberships } as never }) };
    const one = waiting({ ...at, application: { audienceStructures: ['sud'] } });
    expect(await one.details()).toMatchObject({ prompt: 'confirm-identity' });
    await one.complete();
    expect(one.placed).toEqual(['sud']);
    const any = waiting(at);
    await any.complete();
    expect(any.placed).toEqual([]);
  });

  it('names what is to be consented to, and asks nothing more', async () => {
    const details = { missingOIDCScope: ['openid', 'profile'] };
    const payload = { prompt: { ...prompt('consent'), details } };
    expect(await waiting({ payload }).details()).toMatchObject({
      application: { operator: 'Hôpital des Trois Dames' },
      prompt: 'consent',
      means: [],
      codes: [],
      scopes: ['openid', 'profile'],
    });
  });

  it.each<[string, Waiting]>([
    ['another browser', { cookie: undefined }],
    ['the browser of another request', { cookie: 'another' }],
    ['a request that is over', { expired: true }],
    ['an application that is gone', { application: null }],
  ])('is none for %s', async (_, world) => {
    const { details, complete, refuse, put } = waiting(world);
    for (const act of [details, complete, refuse])
      await expect(act()).rejects.toMatchObject({ code: 'interaction.expired', data: {} });
    expect(put).toEqual([]);
  });

  it('gives the place to start again when it has expired', async () => {
    const initiateLoginUri = 'https://agenda.example/connexion';
    const { details } = waiting({ expired: true, application: { initiateLoginUri } });
    await expect(details()).rejects.toMatchObject({
      code: 'interaction.expired',
      data: { initiateLoginUri },
    });
  });
});

describe('a person who did what the application asked', () => {
  it('goes back to it with the proof that it asked for, by this session', async () => {
    const { complete, put, result } = waiting();
    expect(await complete()).toBe(BACK);
    expect(result()).toEqual({
      login: {
        accountId: 'claire',
        sessionId: 'session',
        ts: epochSeconds(SIGNED_IN_AT),
        remember: false,
        acr: 'eidas1-mfa',
        amr: ['pwd', 'sms', 'mfa'],
      },
    });
    expect(put[0]).toMatchObject({
      seconds: 300,
      payload: { session: { accountId: 'claire', uid: 'session' }, returnTo: BACK },
    });
  });

  it.each<[string, Waiting, string]>([
    ['is not signed in', { session: undefined }, 'session.required'],
    ['has a late code', { late: true }, 'code.required'],
    ['has not reached the level', { payload: ASKS_LEVEL }, 'reauthentication.required'],
  ])('does not go back when the person %s', async (_, world, code) => {
    const { complete, put, consented } = waiting(world);
    await expect(complete()).rejects.toMatchObject({ code });
    expect([...put, ...consented]).toEqual([]);
  });

  it('has consented, when the page asked that', async () => {
    const { complete, consented, result } = waiting({ payload: { prompt: prompt('consent') } });
    await complete();
    expect(consented).toEqual(['claire']);
    expect(result()).toMatchObject({ consent: { grantId: 'grant' } });
  });

  it('has confirmed who they are, when the page asked that, and nothing else', async () => {
    const { complete, consented, result } = waiting({ payload: { prompt: prompt('select_account') } });
    await complete();
    expect(consented).toEqual([]);
    expect(result()).toMatchObject({ select_account: {}, login: { accountId: 'claire' } });
    const signedIn = waiting();
    await signedIn.complete();
    expect(signedIn.result()).not.toHaveProperty('select_account');
  });

  it('keeps what was answered on the page before', async () => {
    const lastSubmission = { select_account: {} };
    const { complete, result } = waiting({ payload: { lastSubmission, prompt: prompt('consent') } });
    await complete();
    expect(result()).toMatchObject({ select_account: {}, consent: { grantId: 'grant' } });
  });
});

describe('a proof for this very request', () => {
  const now = epochSeconds(NOW);
  const asking = { client_id: 'agenda', max_age: 0 };

  it('is good for a minute, while the person answers what else the pages ask', async () => {
    const at = (seconds: number) => session({ authenticatedAt: new Date(NOW.getTime() - seconds * 1_000) });
    const payload = { iat: now - 100, params: asking };
    expect(await waiting({ payload, session: at(60) }).complete()).toBe(BACK);
    await expect(waiting({ payload, session: at(61) }).complete()).rejects.toMatchObject({
      code: 'reauthentication.required',
    });
  });

  it('is the one that the page before took, of this session alone', async () => {
    const young = session({ authenticatedAt: new Date(NOW.getTime() - 30_000) });
    const taken = (sessionId: string, ts = now - 30) => ({
      payload: {
        iat: now - 10,
        params: asking,
        lastSubmission: { login: { accountId: 'claire', sessionId, ts } },
      },
      session: young,
    });
    expect(await waiting(taken('session') as Waiting).complete()).toBe(BACK);
    for (const other of [taken('another'), taken('session', now - 31)])
      await expect(waiting(other as Waiting).complete()).rejects.toMatchObject({
        code: 'reauthentication.required',
      });
  });

  it('is never a weaker one that came later', async () => {
    const confirmations = [{ by: 'mail' as const, at: NOW.toISOString() }];
    const card = session({ means: 'cpx', proof: { confirmations }, authenticatedAt: SIGNED_IN_AT });
    const payload = { iat: now - 10, params: { ...asking, acr_values: 'eidas3' } };
    await expect(waiting({ payload, session: card }).complete()).rejects.toMatchObject({
      code: 'reauthentication.required',
    });
  });
});

describe('a person who does not go on', () => {
  it('returns to the application with denied access', async () => {
    const { refuse, result, put } = waiting({ session: undefined });
    expect(await refuse()).toBe(BACK);
    expect(result()).toEqual({ error: 'access_denied', error_description: 'the person did not go on' });
    expect(put[0]!.payload.session).toBeUndefined();
  });

  it('returns with the unreached level, where the application required one', async () => {
    const { refuse, result } = waiting({ payload: ASKS_LEVEL });
    await refuse();
    expect(result()).toMatchObject({ error: 'unmet_authentication_requirements' });
  });

  it('denies access where the level is reached, or none is asked for', async () => {
    const reached = waiting({ payload: { params: { client_id: 'agenda', acr_values: 'eidas1' } } });
    await reached.refuse();
    expect(reached.result()).toMatchObject({ error: 'access_denied' });
    const old = waiting({ payload: { iat: now(), params: { client_id: 'agenda', max_age: 0 } } });
    await old.refuse();
    expect(old.result()).toMatchObject({ error: 'access_denied' });
  });
});

function now(): number {
  return epochSeconds(NOW);
}
