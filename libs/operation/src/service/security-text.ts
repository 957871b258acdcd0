import { DAY, addMilliseconds } from '@portillon/kernel';

/** Readers must fetch it again after a month, as it may have changed (RFC 9116, 2.5.5: less than a year). */
const GOOD_FOR_MS = 30 * DAY;

const PATH = '/.well-known/security.txt';

/** The contact for security reports (RFC 9116). `contact`: a mail address or an `https:` page. */
export function securityText(contact: string, publicUrl: string, now: Date): string {
  const expires = addMilliseconds(now, GOOD_FOR_MS).toISOString().slice(0, 10);
  return [
    `Contact: ${contact.startsWith('https:') ? contact : `mailto:${contact}`}`,
    `Expires: ${expires}T00:00:00.000Z`,
    'Preferred-Languages: fr, en',
    `Canonical: ${new URL(PATH, publicUrl).href}`,
    '',
  ].join('\n');
}
