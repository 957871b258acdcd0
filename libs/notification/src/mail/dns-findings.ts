import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { Resolver } from 'node:dns/promises';
import { Examined, FindingState, NOT_SET } from '@portillon/kernel';
import type { DkimOptions, MailOptions } from '../notification.options';
import { parseMailbox } from './mailer.options';

type Records = Pick<Resolver, 'resolveTxt' | 'resolveMx'>;

/** The name or the type of record does not exist. Other codes are failures of the resolver. */
const ABSENT = ['ENOTFOUND', 'ENODATA'];

/** Checks the DNS records that receivers of our mails look up: SPF, DKIM, DMARC, and MX for answers and reports. */
export async function findDns(mail: MailOptions | undefined, records: Records): Promise<Examined[]> {
  if (!mail) return [{ subject: 'dns', ...NOT_SET }];
  const sender = parseMailbox(mail.from).domain;
  const envelope = mail.bounces ? parseMailbox(mail.bounces).domain : sender;
  const domains = [...new Set([sender, envelope])];
  const asked: [name: string, found: Promise<Examined>][] = [
    ['spf', findSpf(envelope, records)],
    ['dkim', findDkim(mail.dkim, records)],
    ['dmarc', findDmarc(sender, records)],
    ...domains.map((domain): [string, Promise<Examined>] => ['mx', findMx(domain, records)]),
  ];
  return Promise.all(asked.map(([name, found]) => found.catch((error: unknown) => unanswered(name, error))));
}

const found =
  (state: FindingState) =>
  (subject: string, text: string, advice?: string): Examined => ({ subject, state, text, advice });
const fine = found('well');
const doubtful = found('remark');
const wrong = found('failing');

/** RFC 7208. */
async function findSpf(domain: string, records: Records): Promise<Examined> {
  const found = (await texts(domain, records)).filter((text) => /^v=spf1(?: |$)/i.test(text));
  const advice = `publish "${domain} TXT v=spf1 …" with the addresses of your relays and "-all" or "~all"`;
  if (found.length === 0) return wrong('spf', `${domain} names no servers that may send its mail`, advice);
  if (found.length > 1)
    return wrong('spf', `${domain} has ${found.length} records, which count as none`, 'keep one');
  if (/\s\+?all\s*$/i.test(found[0]!)) return wrong('spf', `${domain} lets any server send its mail`, advice);
  return fine('spf', `${domain}: ${found[0]}`);
}

/** RFC 6376, 3.6.1: the record of the selector must be the key that signs. */
async function findDkim(dkim: DkimOptions | undefined, records: Records): Promise<Examined> {
  if (!dkim) return fine('dkim', 'not signed here: the relay signs, or mails are not signed');
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const ours = publicKeyOf(dkim.privateKey);
  const found = await texts(name, records);
  const published = found.map((text) => /(?:^|;)\s*p=([^;]*)/.exec(text)?.[1]?.replaceAll(/\s/g, ''));
  if (published.includes(ours)) return fine('dkim', `${name} is the key of DKIM_KEY_FILE`);
  const advice = `publish "${name} TXT v=DKIM1; k=rsa; p=${ours}"`;
  const what = found.length === 0 ? 'has no record' : 'is another key than that of DKIM_KEY_FILE';
  return wrong('dkim', `${name} ${what}: receivers treat the mails as forged`, advice);
}

/** RFC 7489, 6.6.3: the record of the sender's domain, or of one above it. */
async function findDmarc(domain: string, records: Records): Promise<Examined> {
  for (const one of selfAndAbove(domain)) {
    const found = (await texts(`_dmarc.${one}`, records)).find((text) => /^v=DMARC1\s*(?:;|$)/.test(text));
    if (!found) continue;
    const policy = /;\s*p=\s*(none|quarantine|reject)\s*(?:;|$)/.exec(found)?.[1];
    if (policy === 'quarantine' || policy === 'reject') return fine('dmarc', `${one}: p=${policy}`);
    const advice = 'once its reports name your relays alone, publish p=quarantine, then p=reject';
    return doubtful('dmarc', `${one} lets receivers deliver mails that others send in its name`, advice);
  }
  return wrong(
    'dmarc',
    `${domain} has no record`,
    `publish "_dmarc.${domain} TXT v=DMARC1; p=none; rua=mailto:…"`,
  );
}

/** Many receivers refuse a sender without MX; and without it no bounce comes back. */
async function findMx(domain: string, records: Records): Promise<Examined> {
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

function unanswered(name: string, error: unknown): Examined {
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

function publicKeyOf(privateKey: string): string {
  const key = createPublicKey(createPrivateKey(privateKey));
  return key.export({ type: 'spki', format: 'der' }).toString('base64');
}
