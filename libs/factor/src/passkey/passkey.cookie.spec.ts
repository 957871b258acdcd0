import type { ResolvedAccessOptions } from '@portillon/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PasskeyCookie } from './passkey.cookie';

const cookieOf = (publicUrl: string) => new PasskeyCookie({ publicUrl } as ResolvedAccessOptions);

/** The cookies that `write` sets. */
function written(write: (reply: FastifyReply) => void): unknown[] {
  const set: unknown[] = [];
  write({ setCookie: (...cookie: unknown[]) => set.push(...cookie) } as unknown as FastifyReply);
  return set;
}

describe('the cookie of a passkey’s ceremony', () => {
  it('comes from no other site, is read by no script, and ends with its challenge', () => {
    const cookie = cookieOf('https://portillon.example');
    const kept = { httpOnly: true, secure: true, sameSite: 'strict', path: '/' };
    const name = '__Host-portillon_passkey';
    expect(written((reply) => cookie.write(reply, 'c'))).toEqual([name, 'c', { ...kept, maxAge: 600 }]);
    expect(written((reply) => cookie.clear(reply))).toEqual([name, '', { ...kept, maxAge: 0 }]);
  });

  it('cannot be planted by a neighbouring subdomain over HTTPS', () => {
    const planted = { cookies: { portillon_passkey: 'planted' } } as unknown as FastifyRequest;
    expect(cookieOf('https://portillon.example').read(planted)).toBeUndefined();
  });

  it('has no prefix over plain HTTP, where browsers would refuse it', () => {
    const cookie = cookieOf('http://localhost:3000');
    const request = { cookies: { portillon_passkey: 'c' } } as unknown as FastifyRequest;
    expect(cookie.read(request)).toBe('c');
    expect(written((reply) => cookie.write(reply, 'c'))).toMatchObject([
      'portillon_passkey',
      'c',
      { secure: false },
    ]);
  });
});
