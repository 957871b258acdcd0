import type { AccessCookies } from '@portillon/access';
import type { Session, SessionService } from '@portillon/session';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { LEVELS, session } from '../testing/openid.fixture';
import { LiveSessionService } from './live-session.service';
import { RequestRegistry } from './request-registry.service';

const LIMITED = session({ proof: { limitedTo: 'enrolment' } });
const LATE = session({ codeValidUntilAt: new Date('2026-11-24T15:39:00.000Z') });

describe('a session, as the provider may use it', () => {
  const requests = new RequestRegistry();
  let open: Session | undefined;
  let reads: number;
  const sessions = {
    get: async () => {
      reads++;
      return open;
    },
    find: async (token: string | undefined) => (token === 'cookie' ? open : undefined),
  } as unknown as SessionService;
  const cookies = {
    session: ({ cookies }: FastifyRequest) => cookies['session'],
  } as unknown as AccessCookies;
  const live = new LiveSessionService(sessions, cookies, requests, new SettableClock(), LEVELS);

  function request(): KoaContextWithOIDC {
    const raw = {};
    requests.add({ raw } as FastifyRequest, undefined);
    return { req: raw } as KoaContextWithOIDC;
  }

  const browser = (cookie?: string) => ({ cookies: { session: cookie } }) as unknown as FastifyRequest;

  beforeEach(() => {
    open = session();
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

  it('is the one whose cookie the browser has', async () => {
    expect(await live.ofBrowser(browser('cookie'))).toBe(open);
    expect(await live.ofBrowser(browser())).toBeUndefined();
  });

  it('opens no application when it may only add a strong means', async () => {
    open = LIMITED;
    expect(await live.ofBrowser(browser('cookie'))).toBeUndefined();
    expect(await live.get('session', request())).toBeUndefined();
  });

  it('opens nothing that was issued under it once its code is late, and the pages still know whose it is', async () => {
    open = LATE;
    expect(await live.get('session', request())).toBeUndefined();
    expect(await live.ofBrowser(browser('cookie'))).toBe(open);
    expect([live.codeIsLate(LATE), live.codeIsLate(session())]).toEqual([true, false]);
  });
});
