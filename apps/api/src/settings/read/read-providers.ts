import { EnvironmentReader } from '../environment-reader';
import { refuseUnusablePair } from '../pem-files';
import { Settings } from '../settings';

export const ADDRESS = /^[^\s<>,"\p{C}]+@[^\s<>@,"\p{C}]+$/u;

export function tls(read: EnvironmentReader): Settings['tls'] {
  const certFile = read.text('TLS_CERT_FILE');
  const keyFile = read.text('TLS_KEY_FILE');
  if (!certFile && !keyFile) return null;
  refuseHalf(read, 'TLS_CERT_FILE', 'TLS_KEY_FILE');
  if (certFile && keyFile)
    refuseUnusablePair(read, { cert: ['TLS_CERT_FILE', certFile], key: ['TLS_KEY_FILE', keyFile] });
  return { certFile: certFile ?? '', keyFile: keyFile ?? '' };
}

function refuseHalf(read: EnvironmentReader, one: string, other: string): void {
  if (!read.text(one)) read.refuse(one, `is required with ${other}`);
  if (!read.text(other)) read.refuse(other, `is required with ${one}`);
}
