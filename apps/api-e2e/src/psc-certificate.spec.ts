import { copyFileSync } from 'node:fs';
import { CardDesk } from './harness/card-desk';
import { ProviderBrowser, PscProvider } from './harness/psc-provider';
import { newNationalId, PUBLIC_URL } from './harness/psc-stage';
import { Stage } from './harness/stage';

const START = '/api/sign-in/pro-sante-connect';

/** The service is known to PSC by a certificate in TLS, as in the « Espace de confiance »; it has no secret. */
async function open(desk: CardDesk, certificate: string): Promise<{ provider: PscProvider; stage: Stage }> {
  const provider = await PscProvider.start(PUBLIC_URL, desk.folder);
  const stage = new Stage({
    environment: {
      PSC_DISCOVERY_URL: provider.ready.discoveryUrl,
      PSC_CLIENT_ID: provider.ready.clientId,
      PSC_CLIENT_CERT: desk.path(`cards/${certificate}.pem`),
      PSC_CLIENT_KEY: desk.path(`cards/${certificate}.key`),
      NODE_EXTRA_CA_CERTS: desk.path('server-ca.pem'),
    },
  });
  await stage.open();
  return { provider, stage };
}

describe('with a certificate instead of a secret, PSC', () => {
  const desk = new CardDesk('localhost');
  let opened: { provider: PscProvider; stage: Stage }[] = [];

  afterEach(async () => {
    for (const { provider, stage } of opened) {
      await stage.close();
      await provider.stop();
    }
    opened = [];
  }, 20_000);
  afterAll(() => desk.close());

  async function signIn(certificate: string): Promise<string | undefined> {
    const one = await open(desk, certificate);
    opened.push(one);
    return signInAt(one);
  }

  async function signInAt({ provider, stage }: (typeof opened)[number]): Promise<string | undefined> {
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
    expect(await signIn('organisation')).toBe('pro-sante-connect');
  }, 60_000);

  it('lets people in with another one, once that was put in its place and SIGHUP was sent', async () => {
    for (const kind of ['pem', 'key'])
      copyFileSync(desk.path(`cards/cps.${kind}`), desk.path(`cards/ours.${kind}`));
    const one = await open(desk, 'ours');
    opened.push(one);
    expect(await signInAt(one)).toBe('/connexion?erreur=means.unavailable');
    for (const kind of ['pem', 'key'])
      copyFileSync(desk.path(`cards/organisation.${kind}`), desk.path(`cards/ours.${kind}`));
    one.stage.server.signal('SIGHUP');
    await one.stage.server.lineThat(({ msg }) => msg === 'PSC_CLIENT_CERT was read again');
    expect(await signInAt(one)).toBe('pro-sante-connect');
  }, 60_000);

  it.each(['cps', 'self-signed'])(
    'lets nobody in when it is another (%s)',
    async (certificate) => {
      expect(await signIn(certificate)).toBe('/connexion?erreur=means.unavailable');
    },
    60_000,
  );
});
