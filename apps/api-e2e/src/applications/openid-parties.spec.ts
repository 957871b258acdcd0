import { freePort } from '@portillon/testing/servers';
import { decodeJwt } from 'jose';
import { ApplicationBrowser } from '../harness/applications/application-browser';
import { eventually } from '../harness/server/eventually';
import { guideBlock } from '../harness/applications/guide-block';
import { GuideProgram, runShell } from '../harness/applications/guide-program';
import type { Person } from '../harness/people/person';
import { ecKey, registerApplication, requestToken } from '../harness/applications/relying-party';
import { Stage, STRUCTURE } from '../harness/server/stage';

interface SignedIn {
  name: string;
  acr: string;
  authTime: number;
}

describe('an application made of parts that are not ours, as the guide has it', () => {
  let issuer: string;
  let stage: Stage;
  const programs: GuideProgram[] = [];

  // Its own address is the issuer: the programs take no other way to it than an application in life does.
  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    const environment = { PORT: String(port), PUBLIC_URL: issuer, OUTBOUND_ALLOW: 'localhost' };
    stage = new Stage({ environment: { ...environment, TEST_TURN_MS: '250' } });
    await stage.open();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await stage.close();
  }, 20_000);

  async function take(name: string): Promise<GuideProgram> {
    const program = await GuideProgram.of('node.md', name);
    programs.push(program);
    return program;
  }

  async function start(name: string, authMethod: string): Promise<GuideProgram> {
    const program = await take(name);
    const { url } = program;
    const key = authMethod === 'private_key_jwt' ? await ecKey() : null;
    const registration = await registerApplication(stage, {
      authMethod,
      jwks: key && { keys: [key.publicJwk] },
      redirectUris: [`${url}/callback`],
      postLogoutRedirectUris: [`${url}/`, `${url}/signed-out`],
      backchannelLogoutUri: name.startsWith('express') ? `${url}/backchannel-logout` : null,
    });
    await program.start(issuer, registration, key ? { PRIVATE_KEY: JSON.stringify(key.privateJwk) } : {});
    return program;
  }

  describe.each([
    ['openid-client.mjs', 'client_secret_basic'],
    ['openid-client-key.mjs', 'private_key_jwt'],
    ['express-openid-connect.mjs', 'client_secret_basic'],
    ['passport-openid-client.mjs', 'client_secret_post'],
    ['passport-openidconnect.mjs', 'client_secret_post'],
    ['fastify-oauth2.mjs', 'client_secret_basic'],
  ])('%s', (name, authMethod) => {
    let program: GuideProgram;
    let person: Person;
    let browser: ApplicationBrowser;

    beforeAll(async () => {
      program = await start(name, authMethod);
      person = await stage.person();
      browser = new ApplicationBrowser(issuer);
    }, 30_000);

    const isSignedIn = async () => (await browser.send('GET', '/api/session')).status === 200;

    it('signs a person in, asks for a fresh proof, and signs out', async () => {
      const arrived = await browser.arrive(`${program.url}/login`, person);
      expect(arrived.url.href).toBe(`${program.url}/`);
      const before = JSON.parse(arrived.text) as SignedIn;
      expect(before).toMatchObject({ name: person.displayName, acr: 'eidas1' });

      await stage.server.advance(2_000);
      const asked = await browser.open(`${program.url}/fresh`);
      expect(await browser.details(asked)).toMatchObject({ prompt: 'step-up' });
      const proved = await browser.answer(asked, person);
      expect((JSON.parse(proved.text) as SignedIn).authTime).toBeGreaterThan(before.authTime);

      const left = await browser.signOut(`${program.url}/logout`);
      expect(left.url.origin).toBe(program.url);
      expect(await isSignedIn()).toBe(false);
    });
  });

  it('openid-client-key.mjs sends its request by PAR, renews its tokens, asks about them and takes them back', async () => {
    const { url } = await start('openid-client-key.mjs', 'private_key_jwt');
    const browser = new ApplicationBrowser(issuer);
    const person = await stage.person();
    const leaving = await fetch(`${url}/login`, { redirect: 'manual' });
    const asked = new URL(leaving.headers.get('location')!).searchParams;
    expect([...asked.keys()].sort()).toEqual(['client_id', 'request_uri']);

    await browser.arrive(`${url}/login`, person);
    const ask = async (path: string) => JSON.parse((await browser.open(`${url}${path}`)).text) as unknown;
    expect(await ask('/refresh')).toMatchObject({ name: person.displayName });
    expect(await ask('/introspect')).toMatchObject({ active: true, sub: person.id });
    await ask('/revoke');
    expect(await ask('/introspect')).toEqual({ active: false });
    expect((await browser.open(`${url}/refresh`)).text).toBe('invalid_grant');
  });

  it('machines.md and scim.md: curl gets a token, reads accounts by it, and closes the account of a person who left', async () => {
    const scopes = 'accounts:read accounts:write';
    const { id, secret } = await registerApplication(stage, {
      kind: 'service',
      structureId: STRUCTURE.id,
      scopes,
      redirectUris: [],
    });
    const person = await stage.person();
    const env = { base: issuer, client_id: id, client_secret: secret, id: person.id };
    const listed = await runShell(guideBlock('machines.md', 'sh', []), env);
    const { items } = JSON.parse(listed) as { items: { id: string }[] };
    expect(items.map((account) => account.id)).toContain(person.id);

    const token = guideBlock('machines.md', 'sh', [
      ['scope=accounts:read', `scope=${scopes.replace(' ', '%20')}`],
      [' $base/api/admin/accounts', ' -o /dev/null $base/api/admin/accounts'],
    ]);
    const closed = await runShell(token + guideBlock('scim.md', 'sh', []), env);
    expect(JSON.parse(closed)).toMatchObject({ id: person.id, active: false });
  });

  it('fastify-jwt-jwks.mjs accepts only tokens for this API', async () => {
    const api = await take('fastify-jwt-jwks.mjs');
    const another = 'https://another.example';
    const resources = [api.url, another];
    const machine = await registerApplication(stage, { kind: 'service', scopes: '', resources });
    await api.start(issuer, machine);
    const tokenFor = (resource: string, more: Record<string, string> = {}) =>
      requestToken(issuer, machine, { resource, ...more });
    const ask = (token: string) =>
      fetch(`${api.url}/patients`, { headers: token ? { authorization: `Bearer ${token}` } : {} });
    const good = await tokenFor(api.url);
    expect(await (await ask(good)).json()).toEqual({ sub: machine.id, application: machine.id });
    const changed = good.replace(/\.[^.]{4}/, '.eyJh');
    for (const token of ['', changed, await tokenFor(another)]) expect((await ask(token)).status).toBe(401);

    // It is registered for no scope of the gate's own API: a request for one brings no token at all.
    expect(await tokenFor(issuer, { scope: 'accounts:read' })).toBeUndefined();
    expect(decodeJwt(await tokenFor(issuer))).toMatchObject({ aud: issuer });
  });

  it('express-openid-connect.mjs learns of a sign-out elsewhere by back-channel logout', async () => {
    const program = await start('express-openid-connect.mjs', 'client_secret_basic');
    const browser = new ApplicationBrowser(issuer);
    await browser.arrive(`${program.url}/login`, await stage.person());
    expect((await browser.open(program.url)).url.href).toBe(`${program.url}/`);
    await browser.send('DELETE', '/api/session');
    await eventually('the application to ask for a sign-in', async () => {
      const { url } = await browser.open(program.url);
      return url.origin === issuer;
    });
  });
});
