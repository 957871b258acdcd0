import { copyFileSync } from 'node:fs';
import { CardDesk } from '../harness/people/card-desk';
import { eventually } from '../harness/server/eventually';
import { ProviderBrowser, PscProvider } from '../harness/services/psc-provider';
import { newNationalId, PUBLIC_URL } from '../harness/services/psc-stage';
import { Stage } from '../harness/server/stage';

const START = '/api/sign-in/pro-sante-connect';
const UNAVAILABLE = '/connexion?erreur=means.unavailable';

/** The service is known to PSC by a certificate in TLS, as in the « Espace de confiance »; it has no secret. */
describe('with a certificate instead of a secret, PSC', () => {
  const desk = new CardDesk('localhost');
  let provider: PscProvider;
  let stage: Stage;

  beforeAll(async () => {
    putInPlace('organisation');
    provider = await PscProvider.start(PUBLIC_URL, desk.folder);
    const environment = {
      PSC_DISCOVERY_URL: provider.ready.discoveryUrl,
      PSC_CLIENT_ID: provider.ready.clientId,
      PSC_CLIENT_CERT: desk.path('cards/ours.pem'),
      PSC_CLIENT_KEY: desk.path('cards/ours.key'),
      NODE_EXTRA_CA_CERTS: desk.path('server-ca.pem'),
    };
    stage = new Stage({ environment });
    await stage.open();
  }, 60_000);
  afterAll(async () => {
    await stage?.close();
    await provider?.stop();
    await desk.close();
  }, 20_000);

  function putInPlace(certificate: string): void {
    for (const kind of ['pem', 'key'])
      copyFileSync(desk.path(`cards/${certificate}.${kind}`), desk.path(`cards/ours.${kind}`));
  }

  const readings = () =>
    stage.server.log.filter(({ msg }) => msg === 'PSC_CLIENT_CERT was read again').length;

  /** As an operator does who replaces a certificate before it ends. */
  async function replaceBy(certificate: string): Promise<void> {
    const before = readings();
    putInPlace(certificate);
    stage.server.signal('SIGHUP');
    await eventually('the reading', () => readings() > before);
  }

  async function signIn(): Promise<string | undefined> {
    const claire = await stage.person();
    const nationalId = newNationalId();
    await stage.database.execute('UPDATE account SET nationalId = ? WHERE id = ?', [nationalId, claire.id]);
    await provider.knows(claire.id, { SubjectNameID: nationalId });
    const visitor = stage.visitor();
    const { location } = (await visitor.get(START)).headers;
    const back = await new ProviderBrowser().signIn(location!, claire.id);
    const answer = await visitor.get(back.pathname + back.search);
    const session = await visitor.get('/api/session');
    return session.status === 200 ? (session.body.session.means as string) : answer.headers.location;
  }

  it('lets people in when the certificate is the one it knows', async () => {
    expect(await signIn()).toBe('pro-sante-connect');
  });

  it.each(['cps', 'self-signed'])(
    'refuses everyone when it is another (%s), until the known one is back and SIGHUP was sent',
    async (certificate) => {
      await replaceBy(certificate);
      expect(await signIn()).toBe(UNAVAILABLE);
      await replaceBy('organisation');
      expect(await signIn()).toBe('pro-sante-connect');
    },
  );

  it('oidcc-client-test-mtls-endpoint-aliases: is asked where it takes certificates', async () => {
    const tokens = `${provider.ready.issuer}/protocol/openid-connect/token`;
    const discovery = {
      token_endpoint: 'https://localhost:1/',
      mtls_endpoint_aliases: { token_endpoint: tokens },
    };
    await provider.be({ discovery });
    // It reads the document again.
    await replaceBy('organisation');
    expect(await signIn()).toBe('pro-sante-connect');
  });
});
