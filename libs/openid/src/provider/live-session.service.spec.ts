import type { AuthCookies } from '@portillon/auth';
import type { Session, SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { LiveSessionService } from './live-session.service';
import { RequestRegistry } from './request-registry.service';

describe('the session of a token', () => {
  const requests = new RequestRegistry();
  let open: Session | undefined;
  let reads: number;
  const sessions = {
    get: async () => {
      reads++;
      return open;
    },
  } as unknown as SessionService;
  const live = new LiveSessionService(sessions, {} as AuthCookies, requests, new SettableClock());

  function request(): KoaContextWithOIDC {
    const raw = {};
    requests.add({ raw } as FastifyRequest, undefined);
    return { req: raw } as KoaContextWithOIDC;
  }

  beforeEach(() => {
    open = { id: 'session', proof: {}, codeValidUntilAt: null } as Session;
    reads = 0;
  });

  it('is read once in a request, whatever asks for it', async () => {
    const ctx = request();
    const [first, second] = await Promise.all([live.get('session', ctx), live.get('session', ctx)]);
    expect([first, second, await live.get('session', ctx)]).toEqual([open, open, open]);
    expect(reads).toBe(1);
  });

  it('is gone for the next request once it has ended', async () => {
    expect(await live.get('session', request())).toBe(open);
    open = undefined;
    expect(await live.get('session', request())).toBeUndefined();
  });
});
