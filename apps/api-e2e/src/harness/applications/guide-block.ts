import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const GUIDES = join(__dirname, '../../../../../docs/guide/integrate');

/** The first block of a page of the guide in this language, with other addresses: what people copy is what is tested. */
export function guideBlock(
  page: string,
  language: string,
  changes: readonly (readonly [string, string])[],
): string {
  const text = readFileSync(join(GUIDES, page), 'utf8');
  const [, block] = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'ms').exec(text) ?? [];
  if (!block) throw new Error(`${page} has no block of ${language}`);
  return changes.reduce((found, [from, to]) => replaced(found, from, to), block);
}

/** The same of a host of Apache, without TLS, at the port of the test. */
export function apacheBlock(
  page: string,
  host: string,
  changes: readonly (readonly [string, string])[],
): string {
  return guideBlock(page, 'apache', [
    ['*:443', '127.0.0.1:PORT'],
    ['  SSLEngine on\n', ''],
    [`  SSLCertificateFile /etc/ssl/${host}.crt\n`, ''],
    [`  SSLCertificateKeyFile /etc/ssl/${host}.key\n`, ''],
    [`ServerName ${host}`, 'ServerName localhost'],
    ['/etc/apache2/portillon-headers.conf', join(GUIDES, 'portillon-headers.conf')],
    ...changes,
  ]);
}

function replaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`The block says "${from}" no more`);
  return text.replaceAll(from, to);
}
