import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SettableClock } from '@portillon/testing';
import { resolveOptions } from '../pro-sante-connect.options';
import { ProviderDiscoveryService } from './provider-discovery.service';

describe('the discovery document of a provider', () => {
  let stated: string;
  const server = createServer((request, response) => {
    const isThere = request.url === '/realm/.well-known/openid-configuration';
    response.writeHead(isThere ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ issuer: stated, jwks_uri: `${origin()}/realm/keys` }));
  });
  const origin = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => server.close());

  function find(issuer: string) {
    stated = issuer;
    const discoveryUrl = `${origin()}/realm/.well-known/openid-configuration`;
    const provider = { discoveryUrl, clientId: 'portillon', authentication: { clientSecret: 'secret' } };
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
});
