import { certificatesOf } from '@portillon/http';
import { DAY, SystemClock } from '@portillon/kernel';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { CommandRefusal } from '../refusal';

/** Who ends TLS: nginx on this machine, the server itself, or a proxy on another machine. */
export interface Tls {
  kind: 'nginx' | 'server' | 'proxy';
  /** Files of the certificate and its key; not for `proxy`. */
  certificate: string;
  key: string;
  /** Address of `proxy`. */
  proxy: string;
}

const FORMS = 'must be "nginx CERTIFICATE KEY", "server CERTIFICATE KEY" or "proxy ADDRESS"';

/** Reads the answer. @throws CommandRefusal */
export function parseTls(answer: string): Tls {
  const [kind, first = '', second = '', ...rest] = answer.trim().split(/\s+/);
  if ((kind === 'nginx' || kind === 'server') && second && rest.length === 0)
    return { kind, certificate: first, key: second, proxy: '' };
  if (kind === 'proxy' && !second && isIP(first.split('/')[0]!))
    return { kind, certificate: '', key: '', proxy: first };
  throw new CommandRefusal(FORMS);
}

/** Checks host name, dates and key of the certificate, and returns a sentence. @throws CommandRefusal */
export function checkCertificate({ certificate: file, key }: Tls, host: string): string {
  const cert = read(file);
  try {
    createSecureContext({ cert, key: read(key) });
  } catch (error) {
    if (error instanceof CommandRefusal) throw error;
    throw new CommandRefusal(`${file} and ${key} must be a certificate in PEM and its key`);
  }
  const [own] = certificatesOf(cert);
  if (!own!.checkHost(host)) throw new CommandRefusal(`${file} is not for ${host}`);
  const days = Math.floor((Date.parse(own!.validTo) - new SystemClock().now().getTime()) / DAY);
  if (days < 0) throw new CommandRefusal(`${file} has expired`);
  const remark = own!.checkIssued(own!) ? '; browsers will warn, since it is self-signed' : '';
  return `certificate of ${host}, good for ${days} days${remark}`;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = code === 'ENOENT' ? ': get a certificate first, such as by certbot' : '';
    throw new CommandRefusal(`${file} cannot be read (${code})${remedy}`);
  }
}
