import { freePort } from '@portillon/testing/servers';
import { decodeJwt } from 'jose';
import { ApplicationBrowser, type Landing } from '../harness/applications/application-browser';
import { forgedHeadersThatPass } from '../harness/applications/forged-headers';
import { EchoApplication, GatedBrowser } from '../harness/applications/gated-application';
import { apacheBlock } from '../harness/applications/guide-block';
import { registerApplication, requestToken } from '../harness/applications/relying-party';
import type { Person } from '../harness/people/person';
import { eventually } from '../harness/server/eventually';
import { Stage } from '../harness/server/stage';
import { describeWithApache, ReverseProxy } from '../harness/services/reverse-proxy';

describe('an application behind Apache, as the guide has it', () => {
  let issuer: string;
  let stage: Stage;

  // Its own address is the issuer: Apache takes no other way to it than it does in life.
  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    const environment = { PORT: String(port), PUBLIC_URL: issuer, OUTBOUND_ALLOW: 'localhost' };
    stage = new Stage({ environment: { ...environment, TEST_TURN_MS: '250' } });
    await stage.open();
  }, 60_000);
  afterAll(() => stage.close(), 20_000);

  describeWithApache('auth_openidc', 'apache.md', () => {
    const application = new EchoApplication();
    const apache = new ReverseProxy();
    let url: string;
    let person: Person;
    let browser: ApplicationBrowser;

    const seen = ({ text }: Landing) => JSON.parse(text) as { url: string; headers: Record<string, string> };

    beforeAll(async () => {
      const upstream = await application.start();
      const port = await apache.reserve();
      url = `http://localhost:${port}`;
      const { id, secret } = await registerApplication(stage, {
        redirectUris: [`${url}/.openid/callback`],
        postLogoutRedirectUris: [`${url}/signed-out`],
        backchannelLogoutUri: `${url}/.openid/callback?logout=backchannel`,
      });
      const block = apacheBlock('apache.md', 'app.example', [
        ['https://portillon.example', issuer],
        ['https://app.example', url],
        ['<client-id>', id],
        ['<client-secret>', secret],
        ['<random>', 'a-passphrase-of-the-tests'],
        ['application:8080', `127.0.0.1:${upstream}`],
      ]);
      await apache.startApache('auth_openidc', block);
    }, 30_000);
    beforeEach(async () => {
      person = await stage.person();
      browser = new ApplicationBrowser(issuer);
    });
    afterAll(() => Promise.all([apache.stop(), application.stop()]), 20_000);

    it('signs a person in, and the application receives who it is', async () => {
      const arrived = seen(await browser.arrive(`${url}/dossiers?nom=Martin`, person));
      const headers = { 'remote-user': person.id, 'remote-name': person.displayName, 'remote-acr': 'eidas1' };
      expect(arrived).toMatchObject({ url: '/dossiers?nom=Martin', headers });
    });

    it('asks for more on the path that wants it, and signs out', async () => {
      const arrived = seen(await browser.arrive(`${url}/dossiers`, person));
      expect(arrived.headers['remote-acr']).toBe('eidas1');
      await person.setUpPhone(browser);

      const asked = await browser.open(`${url}/prescriptions/12`);
      expect(await browser.details(asked)).toMatchObject({ prompt: 'step-up', requiredAcr: 'eidas1-mfa' });
      const proved = seen(await browser.answer(asked, person));
      expect(proved).toMatchObject({ url: '/prescriptions/12', headers: { 'remote-acr': 'eidas1-mfa' } });

      const after = encodeURIComponent(`${url}/signed-out`);
      const left = await browser.signOut(`${url}/.openid/callback?logout=${after}`);
      expect([left.url.href, seen(left).headers['remote-user']]).toEqual([`${url}/signed-out`, '']);
      expect((await browser.send('GET', '/api/session')).status).toBe(401);
      expect((await browser.open(`${url}/dossiers`)).url.origin).toBe(issuer);
    });

    it('learns of a sign-out elsewhere by back-channel logout', async () => {
      await browser.arrive(`${url}/dossiers`, person);
      await browser.send('DELETE', '/api/session');
      await eventually('Apache to ask for a sign-in', async () => {
        return (await browser.open(`${url}/dossiers`)).url.origin === issuer;
      });
    });

    it('passes on no name that the client writes itself', async () => {
      const forged = { 'remote-user': 'admin', 'remote-name': 'Admin', 'remote-acr': 'eidas3' };
      const answer = await fetch(`${url}/signed-out`, { headers: forged });
      const { headers } = (await answer.json()) as { headers: Record<string, string> };
      for (const name of Object.keys(forged)) expect([name, headers[name]]).toEqual([name, '']);
      expect((await fetch(`${url}/dossiers`, { headers: forged })).status).toBe(401);
    });

    it('lets no forged header of identity or forwarding pass, with underscores neither', async () => {
      const client = new GatedBrowser(apache.port, stage.visitor());
      const ask = (headers: Record<string, string>) => client.ask('GET', '/signed-out', headers);
      expect(await forgedHeadersThatPass(ask)).toEqual([]);
      const { text } = await ask({ host: 'evil.test' });
      expect(text).not.toContain('evil');
    });

    it('ignores names that the client writes in Connection, and forwards no header that changes the request', async () => {
      const overrides = { 'x-http-method-override': 'DELETE', 'x-original-url': '/', 'x-rewrite-url': '/' };
      const headers = { host: 'localhost', connection: 'close, Remote-User, remote-acr', ...overrides };
      const browser = new GatedBrowser(apache.port, stage.visitor());
      const { text } = await browser.ask('GET', '/signed-out', headers);
      const reached = (JSON.parse(text) as { headers: Record<string, string> }).headers;
      expect([reached['remote-user'], reached['remote-acr']]).toEqual(['', '']);
      for (const name of Object.keys(overrides)) expect([name, reached[name]]).toEqual([name, undefined]);
    });
  });

  describeWithApache('oauth2', 'apache-api.md', () => {
    const application = new EchoApplication();
    const apache = new ReverseProxy();
    let url: string;
    let machine: { id: string; secret: string };

    beforeAll(async () => {
      const upstream = await application.start();
      url = `http://localhost:${await apache.reserve()}`;
      const resources = [url, 'https://another.example'];
      machine = await registerApplication(stage, { kind: 'service', scopes: '', resources });
      const block = apacheBlock('apache-api.md', 'api.example', [
        // Tests before have moved the clock of Portillon on, and that of Apache stays.
        ['verify.exp=required', 'verify.exp=required&verify.iat=skip'],
        ['https://portillon.example', issuer],
        ['https://api.example', url],
        ['application:8080', `127.0.0.1:${upstream}`],
      ]);
      await apache.startApache('oauth2', block);
    }, 30_000);
    afterAll(() => Promise.all([apache.stop(), application.stop()]), 20_000);

    const tokenFor = (resource: string) => requestToken(issuer, machine, { resource });
    const ask = (token: string, path = '/patients', headers: Record<string, string> = {}) =>
      fetch(`${url}${path}`, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } });

    it('lets a token for this API in, and the API receives which application calls', async () => {
      const forged = { 'remote-user': 'admin', 'remote-application': 'another' };
      const answer = await ask(await tokenFor(url), '/patients', forged);
      expect(answer.status).toBe(200);
      const { headers } = (await answer.json()) as { headers: Record<string, string> };
      expect(headers).toMatchObject({ 'remote-user': machine.id, 'remote-application': machine.id });
    });

    it('lets no forged header of identity or forwarding pass, with underscores neither', async () => {
      const authorization = `Bearer ${await tokenFor(url)}`;
      const client = new GatedBrowser(apache.port, stage.visitor());
      const ask = (headers: Record<string, string>) =>
        client.ask('GET', '/patients', { authorization, ...headers });
      expect(await forgedHeadersThatPass(ask)).toEqual([]);
      expect((await ask({ host: 'evil.test' })).text).not.toContain('evil');
    });

    it('keeps out no token, a changed one, one without a signature, and one of another API', async () => {
      const good = await tokenFor(url);
      const [, payload = '', signature = ''] = good.split('.');
      const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
      const tampered = Buffer.from(JSON.stringify({ ...decodeJwt(good), sub: 'admin' })).toString(
        'base64url',
      );
      const changed = good.replace(payload, tampered);
      for (const token of ['', changed, `${none}.${payload}.`, `${none}.${payload}.${signature}`])
        expect((await ask(token)).status).toBe(401);
      expect((await ask(await tokenFor('https://another.example'))).status).toBe(401);
      expect((await ask('', `/patients?access_token=${good}`)).status).toBe(401);
    });
  });
});
