import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { guardedApplication, Logouts } from './testing/guarded-application';
import { Issuer } from './testing/issuer';

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

const heard = () => application.get(Logouts, { strict: false }).heard.splice(0);

async function post(payload: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await application.inject({ method: 'POST', url: '/portillon/logout', headers, payload });
  return { status: answer.statusCode, cache: answer.headers['cache-control'], body: answer.body };
}

const told = async (token: Promise<string>) =>
  post(new URLSearchParams({ logout_token: await token }).toString());

describe('a sign-out sent by Portillon', () => {
  it('reaches the application, with its session or for all of a person', async () => {
    expect(await told(issuer.logoutToken())).toMatchObject({ status: 200, cache: 'no-store' });
    expect(heard()).toEqual([{ personId: 'claire', sessionId: 'session' }]);
    await told(issuer.logoutToken({ sub: undefined }));
    await told(issuer.logoutToken({ sid: undefined }));
    expect(heard()).toEqual([
      { personId: null, sessionId: 'session' },
      { personId: 'claire', sessionId: null },
    ]);
  });

  it('is refused when it is no logout token of ours for this application', async () => {
    const refused = [
      issuer.logoutToken({ aud: 'another' }),
      issuer.logoutToken({ iss: 'https://evil.example' }),
      issuer.logoutToken({ nonce: 'n' }),
      issuer.logoutToken({ events: {} }),
      issuer.logoutToken({ events: undefined }),
      issuer.logoutToken({ sub: undefined, sid: undefined }),
      issuer.logoutToken({ jti: undefined }),
      issuer.logoutToken({ iat: issuer.now - 3_600 }),
      issuer.logoutToken({}, { typ: 'JWT' }),
      issuer.logoutToken({}, { alg: 'HS256' }),
      issuer.assertion(),
    ];
    for (const token of refused) {
      const { status, body } = await told(token);
      expect([status, JSON.parse(body)]).toEqual([400, { error: 'invalid_request' }]);
    }
    expect((await post('')).status).toBe(400);
    expect((await post('logout_token=a&logout_token=b')).status).toBe(400);
    expect(heard()).toEqual([]);
  });
});
