import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithProgram } from '@portillon/testing';
import { cpx, CpxContext } from './read-cpx';
import { EnvironmentReader } from '../environment-reader';

const AUTHORITY = join(__dirname, '../../../../../tools/test-authority/make.mjs');
const folder = mkdtempSync(join(tmpdir(), 'portillon-cpx-'));
const good = {
  CPX_TRUST_FILE: join(folder, 'trust.pem'),
  CPX_CRL_FILES: '/crl/a.crl, /crl/b.crl',
  CPX_PROXY_SECRET: 'a-secret-of-32-characters-at-all',
};
const around: CpxContext = {
  production: false,
  publicUrl: 'https://portillon.example',
  trustedProxies: ['10.0.0.1'],
  tls: null,
};

function reading(environment: Record<string, string | undefined>, changes: Partial<CpxContext> = {}) {
  const read = new EnvironmentReader(environment);
  return {
    settings: cpx(read, { ...around, ...changes }),
    problems: read.problems.map((one) => one.split(' ')[0]),
  };
}

describeWithProgram('openssl', 'the settings of the card', () => {
  beforeAll(() => execFileSync(process.execPath, [AUTHORITY, folder], { stdio: 'pipe' }), 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('are off without authorities, and say so when the others are there', () => {
    expect(reading({})).toEqual({ settings: null, problems: [] });
    expect(reading({ CPX_URL: 'https://carte.portillon.example' }).problems).toEqual(['CPX_URL']);
  });

  it('read lists, the proxy’s secret and the card’s origin', () => {
    const { settings, problems } = reading({ ...good, CPX_URL: 'https://carte.portillon.example/' });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      crlFiles: ['/crl/a.crl', '/crl/b.crl'],
      url: 'https://carte.portillon.example',
      allowTestCards: false,
    });
  });

  it('default to the host of the pages at a separate port', () => {
    const { settings, problems } = reading({ ...good, CPX_PORT: '8443' }, { tls: {} });
    expect([settings?.url, settings?.port, problems]).toEqual(['https://portillon.example:8443', 8443, []]);
  });

  it.each([
    ['no authority file', { CPX_TRUST_FILE: '/nowhere.pem' }, {}, 'CPX_TRUST_FILE'],
    ['a file of no authority', { CPX_TRUST_FILE: __filename }, {}, 'CPX_TRUST_FILE'],
    ['no revocation at all', { CPX_CRL_FILES: undefined }, {}, 'CPX_CRL_FILES'],
    ['nobody to present it', { CPX_PROXY_SECRET: undefined }, {}, 'CPX_PROXY_SECRET'],
    ['a short secret', { CPX_PROXY_SECRET: 'short' }, {}, 'CPX_PROXY_SECRET'],
    ['a secret and no proxy', {}, { trustedProxies: [] }, 'TRUSTED_PROXIES'],
    ['a port and no TLS', { CPX_PORT: '8443' }, {}, 'TLS_CERT_FILE'],
    [
      'test cards in production',
      { CPX_ALLOW_TEST_CARDS: 'true' },
      { production: true },
      'CPX_ALLOW_TEST_CARDS',
    ],
    ['the origin of the pages', { CPX_URL: 'https://portillon.example' }, {}, 'CPX_URL'],
    ['an origin of another domain', { CPX_URL: 'https://carte.other.example' }, {}, 'CPX_URL'],
    [
      'plain HTTP in production',
      { CPX_URL: 'http://carte.portillon.example' },
      { production: true },
      'CPX_URL',
    ],
    ['a wrong answer', { CPX_ALLOW_SERVICE_CARDS: 'maybe' }, {}, 'CPX_ALLOW_SERVICE_CARDS'],
  ])('refuse %s', (_what, environment, changes, name) =>
    expect(reading({ ...good, ...environment }, changes).problems).toEqual([name]),
  );

  it('never allow test cards in production', () => {
    const production = { production: true };
    expect(reading({ ...good, CPX_ALLOW_TEST_CARDS: 'true' }, production).settings?.allowTestCards).toBe(
      false,
    );
  });
});
