import fastifyCookie from '@fastify/cookie';
import type { AccessCookies, CookieJar, MeansRegistry } from '@portillon/access';
import type { AuditService } from '@portillon/audit';
import type { Random } from '@portillon/kernel';
import type { SessionService } from '@portillon/session';
import { journalOf, Steps } from '@portillon/testing';
import fastify, { FastifyRequest } from 'fastify';
import type { OpenidArtifactService } from '../artifacts/openid-artifact.service';
import type { ResolvedOpenidOptions } from '../openid.options';
import { stateOf } from '../provider/oidc-context';
import { contextOf, SESSION } from '../testing/openid.fixture';
import { AskedSignOut, SignOutService, SignOutCookie } from './sign-out.service';

const REQUEST = { id: 'r1', ip: '192.0.2.1', headers: {} } as unknown as FastifyRequest;
const ASKED: AskedSignOut = { clientId: 'agenda', postLogoutRedirectUri: 'https://agenda.example/au-revoir' };
const ELSEWHERE = '/api/pro-sante-connect/sign-out';

interface World {
  next?: string | undefined;
  asked?: AskedSignOut;
  publicUrl?: string;
  sessions?: Partial<SessionService>;
}

function signingOut({ next, asked = ASKED, publicUrl = 'https://portillon.example', sessions }: World = {}) {
  const steps = new Steps();
  const [ended, kept, headers]: [unknown[], unknown[], string[]] = [[], [], []];
  const { audit, entries } = journalOf<AuditService>(steps);
  const service = new SignOutService(
    steps.of<SessionService>('sessions', {
      end: async (...of: unknown[]) => void ended.push(of),
      ...sessions,
    } as Partial<SessionService>),
    steps.of<AccessCookies>('cookies', {
      clearSession: (jar: CookieJar) => void jar.setCookie('session', '', { path: '/', maxAge: 0 }),
    }),
    audit,
    steps.of<MeansRegistry>('means', {
      signOut: async (_session, jar, by) => {
        jar.header('clear-site-data', `"${by}"`);
        return next;
      },
    }),
    new SignOutCookie({ publicUrl } as ResolvedOpenidOptions),
    steps.of<OpenidArtifactService>('artifacts', {
      put: async (_model, _id, { state }) => void kept.push(state),
    }),
    {} as never,
    { id: () => 'id', bytes: () => Buffer.from('secret') } as unknown as Random,
  );
  const ctx = Object.assign(contextOf(), {
    set: (name: string, value: string) => void headers.push(`${name}: ${value}`),
    append: (name: string, value: string) => void headers.push(`${name}: ${value}`),
  });
  return { ctx, ended, kept, headers, entries, end: () => service.end(SESSION, asked, REQUEST, ctx) };
}

describe('signing out at the request of an application', () => {
  // What writes a cookie is loaded when a server takes the plugin.
  beforeAll(() => fastify().register(fastifyCookie).ready());

  it('ends the session, has it in the journal, and takes the cookie away', async () => {
    const { ctx, ended, headers, entries, end } = signingOut();
    await end();
    expect(ended).toEqual([['session', 'sign-out']]);
    expect(entries).toMatchObject([
      { name: 'authn_logout', outcome: 'SUCCESS', means: 'password', accountId: 'claire', requestId: 'r1' },
    ]);
    expect(headers).toEqual(['Set-Cookie: session=; Max-Age=0; Path=/', 'clear-site-data: "application"']);
    expect(stateOf(ctx).signOutNext).toBeUndefined();
  });

  it('goes on to where the person proved who they are, and remembers the way back in this browser', async () => {
    const { ctx, kept, headers, end } = signingOut({ next: ELSEWHERE });
    await end();
    expect(stateOf(ctx).signOutNext).toBe(ELSEWHERE);
    expect(kept).toEqual([ASKED]);
    expect(headers[2]).toBe(
      'Set-Cookie: __Host-portillon_sign_out=id.c2VjcmV0; Max-Age=900; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
  });

  it('takes away the way back of a sign-out before, where the application named no address', async () => {
    const { headers, end } = signingOut({ next: ELSEWHERE, asked: {}, publicUrl: 'http://localhost:3000' });
    await end();
    expect(headers[2]).toBe('Set-Cookie: portillon_sign_out=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
  });

  it('keeps the cookie, and writes nothing, where the session could not be ended', async () => {
    const broken = { end: () => Promise.reject(new Error('no database')) };
    const { headers, entries, end } = signingOut({ sessions: broken as never });
    await expect(end()).rejects.toThrow('no database');
    expect([headers, entries]).toEqual([[], []]);
  });
});

describe('the cookie of a sign-out that goes on elsewhere', () => {
  it('is read under the name that no neighbour can plant', () => {
    const cookies = { '__Host-portillon_sign_out': 'ours', portillon_sign_out: 'planted' };
    const request = { cookies } as unknown as FastifyRequest;
    const read = (publicUrl: string) =>
      new SignOutCookie({ publicUrl } as ResolvedOpenidOptions).read(request);
    expect(read('https://portillon.example')).toBe('ours');
    expect(read('http://localhost:3000')).toBe('planted');
  });
});
