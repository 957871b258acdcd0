import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Resolver } from 'node:dns/promises';
import { domainOf } from '../settings/read/read-mail';
import type { DkimSettings, Settings } from '../settings/settings';
import { doubtful, fine, Finding, NOT_SET, wrong } from './finding';

type Records = Pick<Resolver, 'resolveTxt' | 'resolveMx'>;

/** There is no such name, or no record of the kind. Another failure is the resolver's. */
const ABSENT = ['ENOTFOUND', 'ENODATA'];

/** What receivers of our mails ask the DNS: SPF, DKIM, DMARC, and where answers and reports go. */
export async function examineDns({ mail }: Settings, records: Records): Promise<Finding[]> {
  if (!mail) return [fine('dns', NOT_SET)];
  const sender = domainOf(mail.from);
  const envelope = mail.bounces ? domainOf(mail.bounces) : sender;
  const asked: [name: string, look: () => Promise<Finding>][] = [
    ['spf', () => examineSpf(envelope, records)],
    ['dkim', () => examineDkim(mail.dkim, records)],
    ['dmarc', () => examineDmarc(sender, records)],
    ...[...new Set([sender, envelope])].map((domain): [string, () => Promise<Finding>] => [
      'mx',
      () => examineMx(domain, records),
    ]),
  ];
  return Promise.all(asked.map(([name, look]) => look().catch((error: unknown) => unanswered(name, error))));
}

/** RFC 7208. */
async function examineSpf(domain: string, records: Records): Promise<Finding> {
  const found = (await texts(domain, records)).filter((text) => /^v=spf1(?: |$)/i.test(text));
  const advice = `publish "${domain} TXT v=spf1 …" with the addresses of your relays and "-all" or "~all"`;
  if (found.length === 0) return wrong('spf', `${domain} names no servers that may send for it`, advice);
  if (found.length > 1)
    return wrong('spf', `${domain} has ${found.length} records, which count as none`, 'keep one');
  if (/\s\+?all\s*$/i.test(found[0]!)) return wrong('spf', `${domain} lets everybody send for it`, advice);
  return fine('spf', `${domain}: ${found[0]}`);
}

/** RFC 6376, 3.6.1: the record of the selector must be the key that signs. */
async function examineDkim(dkim: DkimSettings | null, records: Records): Promise<Finding> {
  if (!dkim) return fine('dkim', 'not signed here: the relay does, or nobody');
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const ours = publicKeyOf(dkim.keyFile);
  const found = await texts(name, records);
  const published = found.map((text) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replaceAll(/\s/g, ''));
  if (published.includes(ours)) return fine('dkim', `${name} is the key of DKIM_KEY_FILE`);
  const advice = `publish "${name} TXT v=DKIM1; k=rsa; p=${ours}"`;
  const what = found.length === 0 ? 'has no record' : 'is another key than that of DKIM_KEY_FILE';
  return wrong('dkim', `${name} ${what}: receivers take the mails for forged`, advice);
}

/** RFC 7489, 6.6.3: of the domain of the sender, or else of one above it. */
async function examineDmarc(domain: string, records: Records): Promise<Finding> {
  for (const one of selfAndAbove(domain)) {
    const found = (await texts(`_dmarc.${one}`, records)).find((text) => /^v=DMARC1\s*(?:;|$)/.test(text));
    if (!found) continue;
    const policy = /;\s*p=\s*(none|quarantine|reject)\s*(?:;|$)/.exec(found)?.[1];
    if (policy === 'quarantine' || policy === 'reject') return fine('dmarc', `${one}: p=${policy}`);
    const advice = 'once its reports name your relays alone, publish p=quarantine, then p=reject';
    return doubtful('dmarc', `${one} has mails delivered that others send in its name`, advice);
  }
  return wrong(
    'dmarc',
    `${domain} has no record`,
    `publish "_dmarc.${domain} TXT v=DMARC1; p=none; rua=mailto:…"`,
  );
}

/** Many receivers refuse a sender to whom nothing can be answered; without it no report of a mail that failed comes back. */
async function examineMx(domain: string, records: Records): Promise<Finding> {
  const found = await absentAsNone(records.resolveMx(domain));
  const servers = found.map(({ exchange }) => exchange).filter((exchange) => exchange !== '');
  if (servers.length > 0) return fine('mx', `${domain}: ${servers.join(', ')}`);
  return wrong('mx', `${domain} gets no mail`, `publish "${domain} MX 10 …", where its mail is read`);
}

async function texts(name: string, records: Records): Promise<string[]> {
  const found = await absentAsNone(records.resolveTxt(name));
  return found.map((strings) => strings.join(''));
}

function absentAsNone<Found>(answer: Promise<Found[]>): Promise<Found[]> {
  return answer.catch((error: NodeJS.ErrnoException) => {
    if (ABSENT.includes(error.code ?? '')) return [];
    throw error;
  });
}

function unanswered(name: string, error: unknown): Finding {
  const { code = 'error' } = error as NodeJS.ErrnoException;
  return wrong(
    name,
    `the resolver does not answer (${code})`,
    'check this machine’s resolver, or --resolver',
  );
}

/** `a.b.example`, `b.example`. */
function selfAndAbove(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}

function publicKeyOf(file: string): string {
  const key = createPublicKey(createPrivateKey(readFileSync(file)));
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
