import { freePort } from '@portillon/testing/servers';
import { CardDesk, PROXY_SECRET } from '../harness/people/card-desk';
import { registerApplication } from '../harness/applications/relying-party';
import { Stage } from '../harness/server/stage';

const HOST = 'portillon.test';
const SUBJECT = 'CN=portail.hopital.example,OU=10B0057881,O=HÔPITAL\\, DES 3 DAMES,ST=Paris (75),C=FR';

/** RFC 8705, 2.1, where the server itself asks for the certificate and where a proxy hands it over. */
describe('an application that proves itself by a certificate', () => {
  const desk = new CardDesk(HOST);
  const environment: Record<string, string> = {
    ...desk.settings,
    CPX_TRUST_FILE: desk.path('whole-trust.pem'),
    CPX_CRL_FILES: `${desk.path('authorities/persons.crl')},${desk.path('authorities/organisations.crl')}`,
    CPX_PROXY_SECRET: PROXY_SECRET,
    TRUSTED_PROXIES: '127.0.0.1',
    PUBLIC_URL: `https://${HOST}`,
    TLS_CERT_FILE: desk.path('server.pem'),
    TLS_KEY_FILE: desk.path('server.key'),
  };
  const stage = new Stage({ environment });
  let service: string;

  beforeAll(async () => {
    environment['CPX_PORT'] = String(await freePort());
    await stage.open();
    service = await register(SUBJECT);
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await desk.close();
  }, 20_000);

  const register = async (tlsSubjectDn: string) => {
    const settings = {
      kind: 'service',
      redirectUris: [],
      postLogoutRedirectUris: [],
      scopes: 'accounts:read',
    };
    const how = { authMethod: 'tls_client_auth', tlsSubjectDn };
    return (await registerApplication(stage, { ...settings, ...how })).id;
  };
  const form = (client: string) => `grant_type=client_credentials&scope=accounts:read&client_id=${client}`;
  /** No browser: it names no origin. */
  const FORM = {
    'content-type': 'application/x-www-form-urlencoded',
    origin: undefined,
    'sec-fetch-site': undefined,
  };
  const visitor = () => stage.visitor().through(`https://127.0.0.1:${stage.server.port}`);
  const certificatePort = () => `https://127.0.0.1:${environment['CPX_PORT']}`;
  /** In a separate handshake, at the port where the server requests a certificate. */
  const shown = (certificate: string | null) =>
    desk.present(visitor(), certificatePort(), certificate, {
      path: '/oidc/token',
      raw: form(service),
      headers: FORM,
      host: HOST,
    });
  const PROVED = { 'x-portillon-proxy-secret': PROXY_SECRET };
  /** By a proxy, at the public port. */
  const handed = (
    certificate: string,
    headers: Record<string, string | undefined> = PROVED,
    client = service,
  ) =>
    visitor().send('POST', '/oidc/token', undefined, {
      raw: form(client),
      headers: { ...FORM, 'x-client-cert': desk.header(certificate), ...headers },
    });
  const ADMITTED = {
    token_type: 'Bearer',
    scope: 'accounts:read',
    access_token: expect.any(String) as string,
  };

  it('finds the method in discovery, and the origin that asks for certificates', async () => {
    const { body } = await visitor().get('/.well-known/openid-configuration');
    expect(body.token_endpoint).toBe(`https://${HOST}/oidc/token`);
    expect(body.token_endpoint_auth_methods_supported).toContain('tls_client_auth');
    const origin = `https://${HOST}:${environment['CPX_PORT']}`;
    expect(body.mtls_endpoint_aliases).toEqual({
      token_endpoint: `${origin}/oidc/token`,
      pushed_authorization_request_endpoint: `${origin}/oidc/par`,
      introspection_endpoint: `${origin}/oidc/introspect`,
      revocation_endpoint: `${origin}/oidc/revoke`,
    });
  });

  it('gets a token, where the server ended TLS and where a proxy did', async () => {
    expect((await shown('application')).body).toMatchObject(ADMITTED);
    expect((await handed('application')).body).toMatchObject(ADMITTED);
  });

  it.each([
    'application-other',
    'application-expired',
    'application-foreign',
    'application-as-person',
    'cps',
  ])('gets none with another certificate: %s', async (certificate) => {
    for (const answer of [await shown(certificate), await handed(certificate)])
      expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });

  it('gets none without a certificate', async () => {
    const answer = await shown(null);
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
  });

  it.each([
    ['without its proof', {}],
    ['with another proof', { 'x-portillon-proxy-secret': 'x'.repeat(PROXY_SECRET.length) }],
  ])('gets none by a header from a proxy %s', async (_how, headers) => {
    expect((await handed('application', headers)).body.error).toBe('invalid_client');
  });

  it.each(['CN=portail.hopital.example', `${SUBJECT},DC=x`, SUBJECT.toLowerCase()])(
    'is the whole subject, to the letter: not %s',
    async (subject) => {
      const other = await register(subject);
      expect((await handed('application', PROVED, other)).body.error).toBe('invalid_client');
    },
  );

  it('serves only the endpoints of applications on the certificate port', async () => {
    const how = { method: 'GET', headers: { 'sec-fetch-site': undefined }, host: HOST };
    for (const path of ['/oidc/authorize', '/oidc/userinfo', '/mon-compte'])
      expect((await desk.present(visitor(), certificatePort(), null, { ...how, path })).status).toBe(302);
  });
});
