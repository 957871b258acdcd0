import { EnvironmentReader } from '../environment-reader';
import type { Environment } from '../environment.types';
import { proSanteConnect } from './read-pro-sante-connect';

const SECRET = 'hush';
const PSC_DISCOVERY_URL = 'https://psc.example/.well-known/wallet-openid-configuration';
const SANDBOX =
  'https://auth.bas.psc.esante.gouv.fr/auth/realms/esante-wallet/.well-known/wallet-openid-configuration';
const client = { PSC_CLIENT_ID: 'portillon', PSC_CLIENT_SECRET: SECRET };
const { PSC_CLIENT_SECRET: _, ...withoutSecret } = client;

function reading(environment: Environment, { production = false } = {}) {
  const read = new EnvironmentReader(environment);
  return { settings: proSanteConnect(read, production), problems: read.problems };
}

describe('the settings of PSC', () => {
  it('are off without its address', () => expect(reading({})).toEqual({ settings: null, problems: [] }));

  it('are an address, a client and its secret', () =>
    expect(reading({ PSC_DISCOVERY_URL, ...client }, { production: true })).toEqual({
      settings: {
        discoveryUrl: PSC_DISCOVERY_URL,
        clientId: 'portillon',
        authentication: { clientSecret: SECRET },
      },
      problems: [],
    }));

  it.each<[string, Environment, RegExp]>([
    [
      'an address that is no discovery document',
      { PSC_DISCOVERY_URL: 'https://x.example/', ...client },
      /^PSC_DISCOVERY_URL must be/,
    ],
    [
      'no client',
      { PSC_DISCOVERY_URL, PSC_CLIENT_SECRET: SECRET },
      /^PSC_CLIENT_ID is required with PSC_DISCOVERY_URL/,
    ],
    ['no secret', { PSC_DISCOVERY_URL, ...withoutSecret }, /^PSC_CLIENT_SECRET or PSC_CLIENT_CERT/],
    [
      'a certificate without its key',
      { PSC_DISCOVERY_URL, ...withoutSecret, PSC_CLIENT_CERT: __filename },
      /^PSC_CLIENT_KEY is required/,
    ],
    [
      'a key without its certificate',
      { PSC_DISCOVERY_URL, ...withoutSecret, PSC_CLIENT_KEY: __filename },
      /^PSC_CLIENT_CERT is required/,
    ],
    [
      'a certificate that is not there',
      {
        PSC_DISCOVERY_URL,
        ...withoutSecret,
        PSC_CLIENT_CERT: `/nowhere/${SECRET}`,
        PSC_CLIENT_KEY: __filename,
      },
      /^PSC_CLIENT_CERT names a file that cannot be read/,
    ],
    [
      'a file that is no certificate',
      { PSC_DISCOVERY_URL, ...withoutSecret, PSC_CLIENT_CERT: __filename, PSC_CLIENT_KEY: __filename },
      /^PSC_CLIENT_CERT and PSC_CLIENT_KEY must hold/,
    ],
    ['a client without a place', { PSC_CLIENT_ID: 'portillon' }, /^PSC_CLIENT_ID needs PSC_DISCOVERY_URL/],
  ])('are refused with %s, by name and without their value', (_what, environment, problem) => {
    const { problems } = reading(environment);
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(problems[0]).not.toContain(SECRET);
  });

  it('are refused with a secret and a certificate', () => {
    const files = { PSC_CLIENT_CERT: `/nowhere/${SECRET}`, PSC_CLIENT_KEY: __filename };
    const { problems } = reading({ PSC_DISCOVERY_URL, ...client, ...files });
    expect(problems).toContainEqual(expect.stringMatching(/^PSC_CLIENT_SECRET and .* exclude each other/));
    expect(problems.join()).not.toContain(SECRET);
  });

  it.each([
    ['the sandbox', SANDBOX, /^PSC_DISCOVERY_URL is the sandbox/],
    ['plain HTTP', 'http://psc.example/.well-known/y', /^PSC_DISCOVERY_URL must be/],
  ])('are refused in production with %s', (_what, address, problem) => {
    const environment = { PSC_DISCOVERY_URL: address, ...client };
    const { problems } = reading(environment, { production: true });
    expect(problems).toEqual([expect.stringMatching(problem)]);
    expect(reading(environment).problems).toEqual([]);
  });
});
