import { commonDomain, trustBundleFault } from '@portillon/cpx';
import type { EnvironmentReader } from '../environment-reader';
import type { CpxSettings } from '../settings';

export interface CpxContext {
  production: boolean;
  publicUrl: string;
  trustedProxies: readonly string[];
  tls: object | null;
}

const OTHERS = [
  'CPX_CRL_FILES',
  'CPX_OCSP_URL',
  'CPX_ALLOW_TEST_CARDS',
  'CPX_ALLOW_SERVICE_CARDS',
  'CPX_PROXY_SECRET',
  'CPX_URL',
  'CPX_PORT',
];
const SHORTEST_SECRET = 16;

/** Sign-in with a card; null without the authorities of the cards, which turn it on. */
export function cpx(read: EnvironmentReader, around: CpxContext): CpxSettings | null {
  const trustFile = read.text('CPX_TRUST_FILE');
  if (!trustFile) return refuseOthers(read);
  refuseNoAuthorities(read, trustFile);
  const port = read.text('CPX_PORT') ? read.whole('CPX_PORT', { default: 0, min: 1, max: 65_535 }) : null;
  return {
    trustFile,
    ...revocation(read),
    allowTestCards: allowTestCards(read, around.production),
    allowServiceCards: read.yes('CPX_ALLOW_SERVICE_CARDS'),
    proxySecret: proxySecret(read, around, port),
    url: cardUrl(read, around, port),
    port,
  };
}

function refuseNoAuthorities(read: EnvironmentReader, file: string): void {
  const bundle = read.contentOf('CPX_TRUST_FILE', file);
  const fault = bundle && trustBundleFault(bundle.toString());
  if (fault) read.refuse('CPX_TRUST_FILE', `cannot serve: ${fault}`);
}

function refuseOthers(read: EnvironmentReader): null {
  for (const name of OTHERS) if (read.text(name)) read.refuse(name, 'needs CPX_TRUST_FILE');
  return null;
}

function revocation(read: EnvironmentReader): Pick<CpxSettings, 'crlFiles' | 'ocspUrl'> {
  const crlFiles = (read.text('CPX_CRL_FILES') ?? '').split(',').map((part) => part.trim());
  const named = crlFiles.filter((part) => part !== '');
  const ocspUrl = read.url('CPX_OCSP_URL', ['http:', 'https:']);
  if (named.length === 0 && !read.text('CPX_OCSP_URL'))
    read.refuse(
      'CPX_CRL_FILES',
      'or CPX_OCSP_URL is required with CPX_TRUST_FILE: a lost card must be refused',
    );
  return { crlFiles: named, ocspUrl };
}

function allowTestCards(read: EnvironmentReader, production: boolean): boolean {
  const allowed = read.yes('CPX_ALLOW_TEST_CARDS');
  if (allowed && production)
    read.refuse('CPX_ALLOW_TEST_CARDS', 'is refused in production: a test card proves nothing about anybody');
  return allowed && !production;
}

/** The source of certificates: a proxy that proves itself, our own port, or both. */
function proxySecret(read: EnvironmentReader, around: CpxContext, port: number | null): string | null {
  const secret = read.text('CPX_PROXY_SECRET');
  if (!secret && !port) read.refuse('CPX_PROXY_SECRET', 'or CPX_PORT is required with CPX_TRUST_FILE');
  if (secret && secret.length < SHORTEST_SECRET)
    read.refuse('CPX_PROXY_SECRET', `must have at least ${SHORTEST_SECRET} characters`);
  if (secret && around.trustedProxies.length === 0)
    read.refuse('TRUSTED_PROXIES', 'is required with CPX_PROXY_SECRET: it names the proxy');
  if (port && !around.tls) read.refuse('TLS_CERT_FILE', 'and TLS_KEY_FILE are required with CPX_PORT');
  return secret;
}

/** A separate port is a separate origin. Default host: that of the pages. */
function cardUrl(read: EnvironmentReader, around: CpxContext, port: number | null): string | null {
  const given = read.url('CPX_URL', around.production ? ['https:'] : ['http:', 'https:']);
  if (!given && !port) return null;
  const url = new URL(given ?? `https://${new URL(around.publicUrl).hostname}:${port}`).origin;
  if (url === around.publicUrl) {
    read.refuse(
      'CPX_URL',
      'must be another origin than PUBLIC_URL: unset it when the card has none of its own',
    );
    return null;
  }
  try {
    commonDomain(url, around.publicUrl);
  } catch {
    read.refuse(
      'CPX_URL',
      'must be of the host of PUBLIC_URL, or share a domain with it (carte.… and portail.…)',
    );
  }
  return url;
}
