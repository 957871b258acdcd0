import { X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file, in their order. @throws Error when one cannot be read, or there is none. */
export function certificatesOf(pem: string): X509Certificate[] {
  const found = (pem.match(CERTIFICATE) ?? []).map((one) => new X509Certificate(one));
  if (found.length === 0) throw new Error('no certificate');
  return found;
}
