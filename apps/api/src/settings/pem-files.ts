import { certificatesOf } from '@portillon/http';
import { createSecureContext } from 'node:tls';
import type { EnvironmentReader } from './environment-reader';

type NamedFile = readonly [name: string, file: string];

/** Now, with the name of the setting, rather than at the first connection with the words of OpenSSL. */
export function certificates(read: EnvironmentReader, name: string, file: string): string | undefined {
  const content = read.contentOf(name, file)?.toString();
  try {
    if (content !== undefined) certificatesOf(content);
  } catch {
    read.refuse(name, 'must hold certificates in PEM');
  }
  return content;
}

/** A certificate and its key, which must belong together. */
export function refuseUnusablePair(read: EnvironmentReader, pair: { cert: NamedFile; key: NamedFile }): void {
  const [cert, key] = [read.contentOf(...pair.cert), read.contentOf(...pair.key)];
  if (!cert || !key) return;
  try {
    createSecureContext({ cert, key });
  } catch {
    read.refuse(pair.cert[0], `and ${pair.key[0]} must hold a certificate in PEM and its key`);
  }
}
