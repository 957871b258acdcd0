import { decode, encode, Packet, RECURSION_DESIRED } from 'dns-packet';
import { createSocket, Socket } from 'node:dgram';
import { generateKeyPairSync } from 'node:crypto';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { findDns } from './dns-findings';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const PUBLISHED = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const SPF = 'portillon.example TXT';
const DKIM = 's1._domainkey.portillon.example TXT';
const DMARC = '_dmarc.portillon.example TXT';
const MX = 'orientation.portillon.example MX';
const BOUNCE_MX = 'portillon.example MX';
/** As a domain should be. Strings of a TXT record hold 255 bytes: the key has several. */
const GOOD: Record<string, string[]> = {
  [SPF]: ['v=spf1 ip4:192.0.2.7 -all'],
  [DKIM]: [`v=DKIM1; k=rsa; p=${PUBLISHED}`],
  [DMARC]: ['v=DMARC1; p=reject; rua=mailto:dmarc@portillon.example'],
  [MX]: ['mx.portillon.example'],
  [BOUNCE_MX]: ['mx.portillon.example'],
};

/** A real resolver asks a real name server, which knows `zone`. */
describe('what the DNS says of the sender of mails', () => {
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  let zone: Record<string, string[]>;
  let server: Socket;

  beforeAll(async () => {
    server = createSocket('udp4', (question, { port, address }) =>
      server.send(answerTo(decode(question), zone), port, address),
    );
    server.bind(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => server.close());

  async function found(changes: Record<string, string[]>, signed = true): Promise<string[]> {
    zone = { ...GOOD, ...changes };
    const resolver = new Resolver({ timeout: 2_000, tries: 1 });
    resolver.setServers([`127.0.0.1:${server.address().port}`]);
    const dkim = signed ? { domain: 'portillon.example', selector: 's1', privateKey: pem } : undefined;
    const mail = {
      transport: 'smtp://relay.example',
      from: 'Portillon <a@orientation.portillon.example>',
      bounces: 'bounces@portillon.example',
      dkim,
    };
    return (await findDns(mail, resolver)).map(({ subject, state, text }) => `${subject} ${state} ${text}`);
  }

  it('is well, of the sender and of where mails come back, with the policy of the domain above', async () => {
    expect(await found({})).toEqual([
      'spf well portillon.example: v=spf1 ip4:192.0.2.7 -all',
      'dkim well s1._domainkey.portillon.example is the key of DKIM_KEY_FILE',
      'dmarc well portillon.example: p=reject',
      'mx well orientation.portillon.example: mx.portillon.example',
      'mx well portillon.example: mx.portillon.example',
    ]);
    expect(await found({}, false)).toContainEqual(expect.stringMatching(/^dkim well not signed here/));
  });

  it.each<[string, Record<string, string[]>, RegExp]>([
    ['no SPF', { [SPF]: ['something else'] }, /^spf failing .*no servers/],
    ['two records of SPF', { [SPF]: ['v=spf1 -all', 'v=spf1 ~all'] }, /^spf failing .*count as none/],
    ['an SPF for any server', { [SPF]: ['v=spf1 +all'] }, /^spf failing .*any server/],
    ['no key', { [DKIM]: [] }, /^dkim failing .*no record/],
    ['another key', { [DKIM]: ['v=DKIM1; k=rsa; p=MIIB'] }, /^dkim failing .*another key/],
    ['no DMARC', { [DMARC]: [] }, /^dmarc failing .*no record/],
    ['a DMARC that asks for nothing', { [DMARC]: ['v=DMARC1; p=none'] }, /^dmarc remark /],
    ['no server for its mail', { [MX]: [] }, /^mx failing orientation/],
    ['no server for what comes back', { [BOUNCE_MX]: [] }, /^mx failing portillon/],
  ])('is told when there is %s', async (_, changes, told) => {
    expect((await found(changes)).filter((one) => !one.includes(' well '))).toEqual([
      expect.stringMatching(told),
    ]);
  });

  it('is not known when the resolver fails', async () => {
    expect(await found({ [DMARC]: ['SERVFAIL'] })).toContainEqual(
      'dmarc failing the resolver does not answer (ESERVFAIL)',
    );
  });
});

function answerTo({ id, questions = [] }: Packet, zone: Record<string, string[]>): Buffer {
  const { name, type } = questions[0]!;
  const values = zone[`${name} ${type}`] ?? [];
  const code = values.includes('SERVFAIL') ? 2 : 0;
  const answers = code ? [] : values.map((value) => recordOf(name, type, value));
  return encode({ id, type: 'response', flags: RECURSION_DESIRED | code, questions, answers });
}

function recordOf(name: string, type: string, value: string) {
  const record = { name, class: 'IN', ttl: 60 } as const;
  if (type === 'MX') return { ...record, type: 'MX' as const, data: { preference: 10, exchange: value } };
  return { ...record, type: 'TXT' as const, data: value.match(/.{1,255}/g)! };
}
