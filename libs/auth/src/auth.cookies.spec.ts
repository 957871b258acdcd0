import type { FastifyReply, FastifyRequest } from 'fastify';
import { AuthCookies } from './auth.cookies';
import type { ResolvedAuthOptions } from './auth.options';

const cookiesOf = (publicUrl: string) => new AuthCookies({ publicUrl } as ResolvedAuthOptions);

function namesSet(cookies: AuthCookies): string[] {
  const names: string[] = [];
  const reply = { setCookie: (name: string) => names.push(name) } as unknown as FastifyReply;
  cookies.setSession(reply, 'x');
  cookies.setSignIn(reply, 'x');
  cookies.setBrowser(reply, 'x');
  return names;
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
});
