import { join } from 'node:path';
import { freePort } from '@portillon/testing/servers';
import { ApplicationBrowser } from '../harness/applications/application-browser';
import { EchoApplication } from '../harness/applications/gated-application';
import { registerApplication } from '../harness/applications/relying-party';
import { describeWithApache, ReverseProxy } from '../harness/services/reverse-proxy';
import { Stage } from '../harness/server/stage';

interface Console {
  openidSnippets(application: object, issuer: string): { id: string; text: string }[];
}

/** By its path alone: the pages are not a part of these tests. */
const CONSOLE = join(
  __dirname,
  '../../../web/src/features/administration/applications/snippets/openid-snippets.ts',
);

describeWithApache('auth_openidc', 'the settings that the console shows', () => {
  const application = new EchoApplication();
  const apache = new ReverseProxy();
  let stage: Stage;
  let issuer: string;
  let url: string;

  // Its own address is the issuer, as for an application in life.
  beforeAll(async () => {
    const port = await freePort();
    issuer = `http://localhost:${port}`;
    stage = new Stage({ environment: { PORT: String(port), PUBLIC_URL: issuer } });
    await stage.open();
    const upstream = await application.start();
    url = `http://localhost:${await apache.reserve()}`;
    const settings = await settingsOfConsole();
    const proxied = `ProxyPass /callback !\nProxyPass / http://127.0.0.1:${upstream}/`;
    const site = `<VirtualHost 127.0.0.1:PORT>\n${settings}\n${proxied}\n</VirtualHost>`;
    await apache.startApache('auth_openidc', site);
  }, 60_000);
  afterAll(() => Promise.all([apache.stop(), application.stop(), stage.close()]), 20_000);

  async function settingsOfConsole(): Promise<string> {
    const redirectUris = [`${url}/callback`];
    const { id, secret } = await registerApplication(stage, { redirectUris });
    const kind = { kind: 'web', authMethod: 'client_secret_basic', scopes: ['openid', 'profile'] };
    const { openidSnippets } = (await import(CONSOLE)) as Console;
    const { text } = openidSnippets({ ...kind, id, redirectUris }, issuer).find(
      (one) => one.id === 'apache',
    )!;
    return text.replace('<client-secret>', secret).replace('<random>', 'a-passphrase-of-the-tests');
  }

  it('sign a person in, as they are copied', async () => {
    const person = await stage.person();
    const landing = await new ApplicationBrowser(issuer).arrive(`${url}/dossiers?nom=Martin`, person);
    const { url: reached, headers } = JSON.parse(landing.text) as { url: string; headers: object };
    expect(reached).toBe('/dossiers?nom=Martin');
    expect(headers).toMatchObject({ oidc_claim_sub: person.id, oidc_claim_name: person.displayName });
  });
});
