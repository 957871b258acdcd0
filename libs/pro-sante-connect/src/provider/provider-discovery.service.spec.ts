import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettableClock } from '@portillon/testing';
import { resolveOptions } from '../pro-sante-connect.options';
import { ProviderDiscoveryService } from './provider-discovery.service';

type Authentication = { clientSecret: string } | { cert: string; key: string };

const USERINFO = 'https://psc.example/userinfo';

describe('the discovery document of a provider', () => {
  let stated: string;
  const server = createServer((request, response) => {
    const isThere = request.url === '/realm/.well-known/openid-configuration';
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' });
    const document = { issuer: stated, jwks_uri: `${origin()}/realm/keys`, userinfo_endpoint: USERINFO };
    const aliases = { mtls_endpoint_aliases: { userinfo_endpoint: `${USERINFO}/mtls` } };
    response.end(JSON.stringify({ ...document, ...aliases }));
  });
  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => server.close());

  function find(issuer: string, authentication: Authentication = { clientSecret: 'secret' }) {
    stated = issuer;
    const discoveryUrl = `${origin()}/realm/.well-known/openid-configuration`;
    const provider = { discoveryUrl, clientId: 'portillon', authentication };
    const options = resolveOptions({ publicUrl: 'https://us.example', provider });
    return new ProviderDiscoveryService(options, new SettableClock()).find();
  }

  it.each(['', '/'])('may name an issuer that ends with “%s”, which stays as it is', async (end) => {
    expect(await find(`${origin()}/realm${end}`)).toMatchObject({ issuer: `${origin()}/realm${end}` });
  });

  it.each(['//', '/other', 's', ''].map((end) => [end]))(
    'oidcc-client-test-discovery-issuer-mismatch: is refused of an issuer elsewhere: %s',
    async (end) => {
      const issuer = end ? `${origin()}/realm${end}` : `${origin()}/`;
      await expect(find(issuer)).rejects.toMatchObject({ code: 'means.unavailable' });
    },
  );

  it.each<[string, Authentication, string]>([
    ['with a secret, at its usual address', { clientSecret: 'secret' }, USERINFO],
    ['with a certificate, where it takes one', { cert: 'certificate', key: 'key' }, `${USERINFO}/mtls`],
  ])('oidcc-client-test-mtls-endpoint-aliases: has userinfo asked %s', async (_, authentication, url) => {
    expect(await find(`${origin()}/realm`, authentication)).toMatchObject({ userInfoUrl: url });
  });
});
