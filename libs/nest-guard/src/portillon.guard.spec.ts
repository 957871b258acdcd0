import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { applicationGuardedAsync, guardedApplication } from './testing/guarded-application';
import { APPLICATION, Issuer } from './testing/issuer';

let issuer: Issuer;
let application: NestFastifyApplication;

beforeAll(async () => {
  issuer = await Issuer.start();
  application = await guardedApplication(issuer);
});
afterAll(async () => {
  await application.close();
  await issuer.stop();
});

async function ask(url: string, headers: Record<string, string> = {}, of = application) {
  const { statusCode, body, headers: answered } = await of.inject({ url, headers });
  return { status: statusCode, body, challenge: answered['www-authenticate'] };
}

const withAssertion = async (token: string | Promise<string>, url = '/me') =>
  ask(url, { 'portillon-assertion': await token });
const withBearer = async (token: string | Promise<string>, of = application) =>
  ask('/me', { authorization: `Bearer ${await token}` }, of);

const INVALID = { status: 401, challenge: 'Bearer error="invalid_token"' };

describe('a guarded application', () => {
  it('opens its public routes to everyone, and no other', async () => {
    expect(await ask('/health')).toMatchObject({ status: 200, body: 'well' });
    expect(await ask('/me')).toMatchObject({ status: 401, challenge: 'Bearer' });
  });

  it("identifies the person of the gate's assertion", async () => {
    const { status, body } = await withAssertion(issuer.assertion({ groups: ['professional'] }));
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      id: 'claire',
      sessionId: 'session',
      acr: 'eidas1',
      amr: ['pwd', 'mail'],
      name: 'Claire Martin',
      email: null,
      groups: ['professional'],
      subject: 'claire',
    });
  });

  it('identifies the person of a bearer token, and its scopes', async () => {
    const { status, body } = await withBearer(issuer.accessToken());
    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ id: 'claire', acr: null, scopes: ['openid', 'dossiers:read'] });
  });

  it('does not treat a machine client as a person', async () => {
    expect(await withBearer(issuer.accessToken({ sub: 'robot', client_id: 'robot' }))).toMatchObject(INVALID);
  });

  it('logs why it refused a token, without the token', async () => {
    const debug = jest.spyOn(Logger.prototype, 'debug').mockImplementation();
    const token = await issuer.accessToken({ aud: 'another' });
    expect(await withBearer(token)).toMatchObject(INVALID);
    expect(debug.mock.calls).toEqual([['A token (at+jwt) was refused: unexpected "aud" claim value']]);
    debug.mockRestore();
  });

  it('accepts only the configured tokens', async () => {
    const behindGate = await guardedApplication(issuer, { accept: ['assertion'] });
    expect(await withBearer(issuer.accessToken(), behindGate)).toMatchObject({
      status: 401,
      challenge: 'Bearer',
    });
    await behindGate.close();
  });

  it('takes "-", the gate’s mark of a request without a person, for no token', async () => {
    expect(await withAssertion('-')).toMatchObject({ status: 401, challenge: 'Bearer' });
  });
});

describe('a token is refused', () => {
  it('of another application', async () => {
    expect(await withAssertion(issuer.assertion({ aud: 'another' }))).toMatchObject(INVALID);
    expect(await withBearer(issuer.accessToken({ aud: 'another' }))).toMatchObject(INVALID);
  });

  it('of another issuer', async () => {
    expect(await withAssertion(issuer.assertion({ iss: 'https://evil.example' }))).toMatchObject(INVALID);
  });

  it('of another kind, where it is shown as an assertion or as a bearer token', async () => {
    for (const token of [issuer.accessToken(), issuer.logoutToken(), issuer.assertion({}, { typ: 'JWT' })])
      expect(await withAssertion(token)).toMatchObject(INVALID);
    for (const token of [issuer.assertion(), issuer.logoutToken(), issuer.accessToken({}, { typ: 'JWT' })])
      expect(await withBearer(token)).toMatchObject(INVALID);
  });

  it('after its expiry, even if it was valid', async () => {
    const { now } = issuer;
    expect(await withAssertion(issuer.assertion({ iat: now - 90, exp: now - 30 }))).toMatchObject(INVALID);
    expect(await withAssertion(issuer.assertion({ iat: now - 600, exp: now + 600 }))).toMatchObject(INVALID);
    expect(await withAssertion(issuer.assertion({ exp: undefined }))).toMatchObject(INVALID);
    expect(await withAssertion(issuer.assertion({ iat: now + 90, exp: now + 150 }))).toMatchObject(INVALID);
  });

  it('without signature, or signed with the public key as a secret', async () => {
    const [, payload] = (await issuer.assertion()).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'portillon-assertion+jwt' })).toString(
      'base64url',
    );
    expect(await withAssertion(`${none}.${payload}.`)).toMatchObject(INVALID);
    expect(await withAssertion(issuer.assertion({}, { alg: 'HS256' }))).toMatchObject(INVALID);
  });

  it('when it is altered, or no token at all', async () => {
    const [header, payload, signature] = (await issuer.assertion()).split('.');
    const nadia = JSON.stringify({
      ...JSON.parse(Buffer.from(payload!, 'base64url').toString()),
      sub: 'nadia',
    });
    const altered = `${header}.${Buffer.from(nadia).toString('base64url')}.${signature}`;
    for (const token of [altered, 'x', '..', '{}']) expect(await withAssertion(token)).toMatchObject(INVALID);
  });
});

describe('a route that asks for a level', () => {
  const CHALLENGE = 'Bearer error="insufficient_user_authentication", acr_values="eidas3", max_age="300"';
  const signedIn = (acr: string | undefined, secondsAgo = 0) =>
    withAssertion(issuer.assertion({ acr, auth_time: issuer.now - secondsAgo }), '/prescriptions');

  it('admits a fresh sign-in of that level', async () => {
    expect(await signedIn('eidas3')).toMatchObject({ status: 200, body: 'claire' });
    expect(await signedIn('eidas3', 290)).toMatchObject({ status: 200 });
  });

  it('names what is missing by RFC 9470', async () => {
    for (const acr of ['eidas1', 'eidas1-mfa', 'eidas2', 'unheard-of', undefined])
      expect([acr, await signedIn(acr)]).toMatchObject([acr, { status: 401, challenge: CHALLENGE }]);
    expect(await signedIn('eidas3', 310)).toMatchObject({ status: 401, challenge: CHALLENGE });
  });

  it('treats a token without facts about its sign-in as below the level', async () => {
    const token = await issuer.assertion({ acr: 'eidas3', auth_time: undefined });
    expect(await withAssertion(token, '/prescriptions')).toMatchObject({ status: 401, challenge: CHALLENGE });
  });
});

describe('the keys of Portillon', () => {
  it('are fetched once, and not again for a flood of unknown ones', async () => {
    const fresh = await guardedApplication(issuer);
    issuer.fetched = 0;
    for (let index = 0; index < 5; index += 1)
      await ask('/me', { 'portillon-assertion': await issuer.assertion() }, fresh);
    const forged = await issuer.assertion({}, { kid: 'first' });
    const [, payload, signature] = forged.split('.');
    for (let index = 0; index < 5; index += 1) {
      const header = { alg: 'ES256', typ: 'portillon-assertion+jwt', kid: `unknown-${index}` };
      const token = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
      expect(await ask('/me', { 'portillon-assertion': token }, fresh)).toMatchObject(INVALID);
    }
    expect(issuer.fetched).toBe(1);
    await fresh.close();
  });

  it('cause a 503, not a 401, when they cannot be fetched', async () => {
    const fresh = await guardedApplication(issuer);
    issuer.status = 502;
    expect(await ask('/me', { 'portillon-assertion': await issuer.assertion() }, fresh)).toMatchObject({
      status: 503,
    });
    issuer.status = 200;
    await fresh.close();
  });
});

describe('its options', () => {
  it.each([
    ['audience', { audience: [] }],
    ['audience', { audience: '' }],
    ['audience', { audience: [APPLICATION, ''] }],
    ['issuer', { issuer: 'https://portillon.example/' }],
    ['issuer', { issuer: 'portillon' }],
    ['clockToleranceSeconds', { clockToleranceSeconds: 3_600 }],
  ])('stop the start where %s is %j', async (name, options) => {
    await expect(guardedApplication(issuer, options)).rejects.toThrow(name);
  });

  it('may come from a provider, and are checked as well', async () => {
    const fresh = await applicationGuardedAsync(issuer);
    expect(await ask('/me', { 'portillon-assertion': await issuer.assertion() }, fresh)).toMatchObject({
      status: 200,
    });
    expect(await ask('/me', {}, fresh)).toMatchObject({ status: 401 });
    await fresh.close();
    await expect(applicationGuardedAsync(issuer, { audience: '' })).rejects.toThrow('audience');
  });
});
