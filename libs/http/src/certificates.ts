import { X509Certificate } from 'node:crypto';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file, in order. @throws Error when one is unreadable, or the file has none. */
export function certificatesOf(pem: string): X509Certificate[] {
  const found = (pem.match(CERTIFICATE) ?? []).map((one) => new X509Certificate(one));
  if (found.length === 0) throw new Error('no certificate');
  return found;
}
