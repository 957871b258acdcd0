import { DAY, MINUTE } from '@portillon/kernel';
import { SessionPolicy } from '@portillon/session';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessCookies } from './access.cookies';
import type { ResolvedAccessOptions } from '../access.options';

const cookiesOf = (publicUrl: string, policy = new SessionPolicy()) =>
  new AccessCookies({ publicUrl } as ResolvedAccessOptions, policy);

/** The cookies that `write` sets. */
function written(write: (reply: FastifyReply) => void): unknown[] {
  const set: unknown[] = [];
  const header = () => undefined;
  write({ header, setCookie: (...cookie: unknown[]) => set.push(...cookie) } as unknown as FastifyReply);
  return set;
}

function namesSet(cookies: AccessCookies): string[] {
  const names: string[] = [];
  const reply = { setCookie: (name: string) => names.push(name) } as unknown as FastifyReply;
  cookies.setSession(reply, 'x');
  cookies.setSignIn(reply, 'x');
  cookies.setBrowser(reply, 'x');
  return names;
}

/** The headers that end the session in the browser. */
function headersOfEnd(): Record<string, string> {
  const headers: Record<string, string> = {};
  const header = (name: string, value: string) => (headers[name] = value);
  const reply = { header, setCookie: () => undefined } as unknown as FastifyReply;
  cookiesOf('https://portillon.example').clearSession(reply);
  return headers;
}

describe('the cookies of a sign-in', () => {
  it('cannot be planted by a neighbouring subdomain over HTTPS', () => {
    const cookies = cookiesOf('https://portillon.example');
    expect(namesSet(cookies)).toEqual([
      '__Host-portillon_session',
      '__Host-portillon_sign_in',
      '__Host-portillon_browser',
    ]);
    const planted = {
      cookies: { portillon_session: 'x', portillon_sign_in: 'x', portillon_browser: 'x' },
    } as unknown as FastifyRequest;
    expect([cookies.session(planted), cookies.signIn(planted), cookies.browser(planted)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('have no prefix over plain HTTP, where browsers would refuse it', () => {
    expect(namesSet(cookiesOf('http://localhost:3000'))).toEqual([
      'portillon_session',
      'portillon_sign_in',
      'portillon_browser',
    ]);
  });

  it('are read by no script, sent by no form of another site, and end with the browser but for the one', () => {
    const cookies = cookiesOf('https://portillon.example');
    const kept = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
    const [session, signIn, browser] = [
      '__Host-portillon_session',
      '__Host-portillon_sign_in',
      '__Host-portillon_browser',
    ];
    expect(written((reply) => cookies.setSession(reply, 's'))).toEqual([session, 's', kept]);
    const quarter = { ...kept, maxAge: 900 };
    expect(written((reply) => cookies.setSignIn(reply, 't'))).toEqual([signIn, 't', quarter]);
    const month = { ...kept, maxAge: 30 * 86_400 };
    expect(written((reply) => cookies.setBrowser(reply, 'b'))).toEqual([browser, 'b', month]);
    const gone = { ...kept, maxAge: 0 };
    expect(written((reply) => cookies.clearSession(reply))).toEqual([session, '', gone]);
    expect(written((reply) => cookies.clearSignIn(reply))).toEqual([signIn, '', gone]);
  });

  it('last no longer than the sign-in in progress and the remembered browser that they are for', () => {
    const policy = new SessionPolicy({ signInMs: 5 * MINUTE, browserMs: 7 * DAY });
    const cookies = cookiesOf('https://portillon.example', policy);
    const age = (maxAge: number) => expect.objectContaining({ maxAge });
    expect(written((reply) => cookies.setSignIn(reply, 't'))).toContainEqual(age(300));
    expect(written((reply) => cookies.setBrowser(reply, 'b'))).toContainEqual(age(7 * 86_400));
  });

  it('take along what the browser kept of our answers, for the next person at a shared workstation', () => {
    expect(headersOfEnd()).toEqual({ 'clear-site-data': '"cache"' });
  });

  it('are each read as what they are', () => {
    const cookies = cookiesOf('http://localhost:3000');
    const request = {
      cookies: { portillon_session: 's', portillon_sign_in: 't', portillon_browser: 'b' },
    } as unknown as FastifyRequest;
    expect([cookies.session(request), cookies.signIn(request), cookies.browser(request)]).toEqual([
      's',
      't',
      'b',
    ]);
  });
});
