import { freePort } from '@portillon/testing/servers';
import { ApplicationBrowser } from '../harness/applications/application-browser';
import { guideBlock } from '../harness/applications/guide-block';
import { describeWithLemonLdap, LemonLdap, UPGRADES_SESSIONS } from '../harness/services/lemonldap';
import { registerApplication } from '../harness/applications/relying-party';
import { Stage } from '../harness/server/stage';

describeWithLemonLdap('LemonLDAP::NG, as the guide has it', () => {
  const lemonLdap = new LemonLdap();
  let stage: Stage;
  let issuer: string;
  let url: string;
  let browser: ApplicationBrowser;

  // Its own address is the issuer: the portal takes no other way to it than it does in life.
  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    stage = new Stage({ environment: { PORT: String(port), PUBLIC_URL: issuer } });
    await stage.open();
    url = await lemonLdap.reserve();
    const { id, secret } = await registerApplication(stage, {
      redirectUris: [`${url}/?openidconnectcallback=1`],
      postLogoutRedirectUris: [`${url}/?logout=1`],
      pkce: 'nonce',
    });
    const settings = guideBlock('lemonldap.md', 'json', [
      ['https://portillon.example', issuer],
      ['<client-id>', id],
      ['<client-secret>', secret],
    ]);
    await lemonLdap.start(settings);
    browser = new ApplicationBrowser(issuer);
  }, 60_000);
  afterAll(async () => {
    await lemonLdap.stop();
    await stage.close();
  }, 20_000);

  const ask = async (question: string) => {
    const { text } = await browser.open(`${url}/mysession/?${question}`);
    return (JSON.parse(text) as { result: unknown }).result;
  };
  /** Perl says 0 and 1, as numbers or as texts. */
  const isLetIn = async () => {
    const host = encodeURIComponent(btoa('https://prescriptions.example/'));
    return Boolean(Number(await ask(`authorizationfor=${host}`)));
  };

  it('signs a person in and out', async () => {
    const person = await stage.person();
    await browser.arrive(`${url}/`, person);
    expect((await browser.open(`${url}/`)).text).toContain(person.displayName);
    expect([await ask('whoami=1'), await isLetIn()]).toEqual([person.id, false]);
    await signOut();
  });

  if (UPGRADES_SESSIONS)
    it('asks for more where a host wants it', async () => {
      const person = await stage.person();
      await browser.arrive(`${url}/`, person);
      await person.setUpPhone(browser);

      const asked = await browser.submit(await browser.open(`${url}/upgradesession`));
      expect(await browser.details(asked)).toMatchObject({ prompt: 'step-up', requiredAcr: 'eidas1-mfa' });
      await browser.answer(asked, person);
      expect([await ask('whoami=1'), await isLetIn()]).toEqual([person.id, true]);
      await signOut();
    });
  else console.warn('The step-up through LemonLDAP::NG needs its release 2.21 or newer (Debian 13).');

  const signOut = async () => {
    const left = await browser.signOut(`${url}/?logout=1`);
    expect(left.url.href).toBe(`${url}/?logout=1`);
    expect((await browser.send('GET', '/api/session')).status).toBe(401);
    expect((await browser.open(`${url}/`)).url.origin).toBe(issuer);
  };
});
