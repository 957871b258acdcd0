import { freePort } from '@portillon/testing/servers';
import { ApplicationBrowser } from './harness/application-browser';
import { eventually } from './harness/eventually';
import { GuideProgram } from './harness/guide-program';
import type { Person } from './harness/person';
import { registerApplication } from './harness/relying-party';
import { Stage } from './harness/stage';

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

  async function start(name: string, authMethod: string): Promise<GuideProgram> {
    const program = await GuideProgram.of('node.md', name);
    programs.push(program);
    const { url } = program;
    const registration = await registerApplication(stage, {
      authMethod,
      redirectUris: [`${url}/callback`],
      postLogoutRedirectUris: [`${url}/`, `${url}/signed-out`],
      backchannelLogoutUri: name.startsWith('express') ? `${url}/backchannel-logout` : null,
    });
    await program.start(issuer, registration);
    return program;
  }

  describe.each([
    ['openid-client.mjs', 'client_secret_basic'],
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

    const isSignedIn = async () => (await browser.call('GET', '/api/session')).status === 200;

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

  it('express-openid-connect.mjs learns of a sign-out elsewhere by back-channel logout', async () => {
    const program = await start('express-openid-connect.mjs', 'client_secret_basic');
    const browser = new ApplicationBrowser(issuer);
    await browser.arrive(`${program.url}/login`, await stage.person());
    expect((await browser.open(program.url)).url.href).toBe(`${program.url}/`);
    await browser.call('DELETE', '/api/session');
    await eventually('the application to ask for a sign-in', async () => {
      const { url } = await browser.open(program.url);
      return url.origin === issuer;
    });
  });
});
