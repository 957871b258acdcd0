import type { EnvironmentReader } from '../environment-reader';
import { refuseUnusablePair } from '../pem-files';
import type { ProSanteConnectSettings } from '../settings';

/** Hosts of the « bac à sable », where anybody may be anybody. */
const SANDBOX = /(^|\.)bas\.psc\.esante\.gouv\.fr$/i;
const OTHERS = ['PSC_CLIENT_ID', 'PSC_CLIENT_SECRET', 'PSC_CLIENT_CERT', 'PSC_CLIENT_KEY'];

/** Pro Santé Connect; null without its discovery address, which turns it on. */
export function proSanteConnect(
  read: EnvironmentReader,
  production: boolean,
): ProSanteConnectSettings | null {
  const discoveryUrl = read.url('PSC_DISCOVERY_URL', production ? ['https:'] : ['http:', 'https:']);
  if (!read.text('PSC_DISCOVERY_URL')) return refuseOthers(read);
  if (discoveryUrl) refuseWrongPlace(read, new URL(discoveryUrl), production);
  const clientId = read.text('PSC_CLIENT_ID');
  if (!clientId) read.refuse('PSC_CLIENT_ID', 'is required with PSC_DISCOVERY_URL');
  return { discoveryUrl: discoveryUrl ?? '', clientId: clientId ?? '', authentication: authentication(read) };
}

function refuseOthers(read: EnvironmentReader): null {
  for (const name of OTHERS) if (read.text(name)) read.refuse(name, 'needs PSC_DISCOVERY_URL');
  return null;
}

function refuseWrongPlace(read: EnvironmentReader, url: URL, production: boolean): void {
  if (!url.pathname.includes('/.well-known/'))
    read.refuse('PSC_DISCOVERY_URL', 'must be {issuer}/.well-known/wallet-openid-configuration');
  if (production && SANDBOX.test(url.hostname))
    read.refuse('PSC_DISCOVERY_URL', 'is the sandbox, which production refuses: anybody can sign in there');
}

function authentication(read: EnvironmentReader): ProSanteConnectSettings['authentication'] {
  const clientSecret = read.text('PSC_CLIENT_SECRET');
  const certFile = read.text('PSC_CLIENT_CERT');
  const keyFile = read.text('PSC_CLIENT_KEY');
  if (certFile || keyFile) return byCertificate(read, { clientSecret, certFile, keyFile });
  if (!clientSecret) read.refuse('PSC_CLIENT_SECRET', 'or PSC_CLIENT_CERT with PSC_CLIENT_KEY is required');
  return { clientSecret: clientSecret ?? '' };
}

function byCertificate(
  read: EnvironmentReader,
  { clientSecret, certFile, keyFile }: Record<'clientSecret' | 'certFile' | 'keyFile', string | null>,
): { certFile: string; keyFile: string } {
  if (clientSecret) read.refuse('PSC_CLIENT_SECRET', 'and PSC_CLIENT_CERT exclude each other');
  if (!certFile) read.refuse('PSC_CLIENT_CERT', 'is required with PSC_CLIENT_KEY');
  if (!keyFile) read.refuse('PSC_CLIENT_KEY', 'is required with PSC_CLIENT_CERT');
  if (certFile && keyFile)
    refuseUnusablePair(read, { cert: ['PSC_CLIENT_CERT', certFile], key: ['PSC_CLIENT_KEY', keyFile] });
  return { certFile: certFile ?? '', keyFile: keyFile ?? '' };
}
