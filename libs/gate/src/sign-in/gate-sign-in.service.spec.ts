import { Keyring, parseToken, SystemRandom } from '@portillon/kernel';
import { altered, SettableClock } from '@portillon/testing';
import { createHash } from 'node:crypto';
import { ORIGIN, requestTo } from '../testing/gate-bench';
import type { GateSignInRepository } from './gate-sign-in.repository';
import { GateSignInService } from './gate-sign-in.service';

const PORTILLON = 'https://portillon.example';

function desk(keyId = 'one') {
  const clock = new SettableClock();
  const keyring = new Keyring([{ id: keyId, secret: Buffer.alloc(32, keyId) }]);
  const options = { publicUrl: PORTILLON, proxies: [], proxySecret: null };
  const unused = {} as GateSignInRepository;
  const service = new GateSignInService(unused, keyring, clock, new SystemRandom(clock), options);
  const begin = (target = '/', asked = ASKED) =>
    new URL(service.begin('app', { ...requestTo('/'), target }, asked)).searchParams.get('request')!;
  return { service, clock, begin };
}

const ASKED: { acr: string | null; maxAgeSeconds: number | null } = { acr: 'eidas2', maxAgeSeconds: 300 };

describe('a sign-in that the gate asks for', () => {
  it('begins on the application’s own host, and no URL reveals where it goes back to', () => {
    const { service, begin } = desk();
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
    const { service, begin } = desk();
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
    const { service, begin } = desk();
    const state = begin('/', { acr: null, maxAgeSeconds: null });
    const { searchParams } = new URL(service.start(state, ORIGIN)!.location);
    expect([searchParams.has('acr_values'), searchParams.has('max_age')]).toEqual([false, false]);
  });

  it('is good at its own origin, while it is not over, as we wrote it', () => {
    const { service, begin, clock } = desk();
    const state = begin();
    expect(service.start(state, 'https://other.example')).toBeUndefined();
    expect(service.start(state, ORIGIN)).toBeDefined();
    for (const text of ['', 'x', "' OR 1=1 --", altered(state), `${state}=`, desk('two').begin()])
      expect(service.start(text, ORIGIN)).toBeUndefined();
    clock.advance(15 * 60_000);
    expect(service.start(state, ORIGIN)).toBeUndefined();
  });

  it('goes back to the root of the application from an address that no `state` can hold', () => {
    const { service, begin } = desk();
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
