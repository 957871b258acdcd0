import { createPrivateKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SECOND } from '@portillon/kernel';
import { EnvironmentReader } from '../environment-reader';
import type { DkimOptions } from '@portillon/notification';
import type { MailSettings, Settings } from '../settings';

/** No line feed: it would begin another header of the mail. */
const SENDER = /^(?:[^<>\p{C}]*<[^\s<>,"\p{C}]+@[^\s<>@,"\p{C}]+>|[^\s<>,"\p{C}]+@[^\s<>@,"\p{C}]+)$/u;
/** Leaves space for the id of a bounced mail: a local part has 64 octets (RFC 5321, 4.5.3.1.1). */
const BOUNCES = /^[a-z0-9][a-z0-9._-]{0,9}@[a-z0-9-]+(\.[a-z0-9-]+)*$/i;
const DOMAIN = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const SELECTOR = /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/;
const DKIM = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_KEY_FILE'] as const;
/** RFC 8301, 3.2: what signers should use, and the smallest key. */
const RSA_BITS = 2_048;

export function mail(
  read: EnvironmentReader,
  place: Pick<Settings, 'demo' | 'production'>,
): MailSettings | null {
  const allowPlain = read.yes('SMTP_ALLOW_PLAIN');
  if (place.demo) return null;
  const transport = read.urls('SMTP_URL', ['smtp:', 'smtps:']);
  const from = read.formed('MAIL_FROM', SENDER, 'an address, or "Name <address>"') ?? '';
  if (!read.text('SMTP_URL')) read.refuse('SMTP_URL', 'is required');
  if (!read.text('MAIL_FROM')) read.refuse('MAIL_FROM', 'is required');
  const bounces = read.formed(
    'MAIL_BOUNCE',
    BOUNCES,
    'an address with at most 10 letters and digits before the @',
  );
  const requireTls = place.production && !allowPlain;
  const look = { templates: templates(read), dkim: dkim(read, from), bounces: bounces ?? undefined };
  return { transport, from, requireTls, ...look, ...pool(read) };
}

/** The domain of `Name <user@domain>`, or of a bare address. */
function domainOf(sender: string): string {
  return sender
    .slice(sender.lastIndexOf('@') + 1)
    .replace('>', '')
    .toLowerCase();
}

function templates(read: EnvironmentReader): string | undefined {
  const folder = read.text('MAIL_TEMPLATES');
  if (folder && !existsSync(join(folder, 'message.hbs')))
    read.refuse('MAIL_TEMPLATES', 'must be a folder that holds a message.hbs');
  return folder ?? undefined;
}

function pool(read: EnvironmentReader) {
  return {
    connections: read.whole('SMTP_POOL_SIZE', { default: 20, min: 1, max: 200 }),
    connectMs: read.whole('SMTP_TIMEOUT_CONNECT_SECONDS', { default: 5, min: 1, max: 8 }) * SECOND,
    idleMs: read.whole('SMTP_TIMEOUT_IDLE_SECONDS', { default: 60, min: 5, max: 300 }) * SECOND,
  };
}

/** All three or none. */
function dkim(read: EnvironmentReader, from: string): DkimOptions | undefined {
  const domain = read.formed('DKIM_DOMAIN', DOMAIN, 'a domain, such as portillon.example');
  const selector = read.formed('DKIM_SELECTOR', SELECTOR, 'a name of the DNS, such as portillon2026');
  const keyFile = read.text('DKIM_KEY_FILE');
  const missing = DKIM.filter((name) => !read.text(name));
  if (missing.length === DKIM.length) return undefined;
  for (const name of missing) read.refuse(name, `is required with the other settings of DKIM`);
  if (domain && from && !isAligned(domainOf(from), domain))
    read.refuse('DKIM_DOMAIN', 'must be the domain of MAIL_FROM, or one above it: DMARC asks for it');
  const privateKey = keyFile ? strongKey(read, keyFile) : '';
  return { domain: domain ?? '', selector: selector ?? '', privateKey };
}

/** RFC 7489, 3.1.1, in relaxed mode. */
function isAligned(senderDomain: string, domain: string): boolean {
  return senderDomain === domain || senderDomain.endsWith(`.${domain}`);
}

/** Checked at start, because nodemailer does not report an unusable key: mails would leave unsigned. */
function strongKey(read: EnvironmentReader, file: string): string {
  const content = read.contentOf('DKIM_KEY_FILE', file);
  if (content && !isStrongRsaKey(content))
    read.refuse('DKIM_KEY_FILE', `must hold a private RSA key in PEM of ${RSA_BITS} bits at least`);
  return content?.toString() ?? '';
}

function isStrongRsaKey(pem: Buffer): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
    return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS;
  } catch {
    return false;
  }
}
