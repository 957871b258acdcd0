import { SystemClock, SystemRandom } from '@portillon/kernel';
import { describeWithProgram, findProgram, SmtpSink } from '@portillon/testing';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mail, sending } from '../testing/messages';
import { useChannels } from '../testing/open-channels';

const OPENDKIM = 'opendkim';
const random = new SystemRandom(new SystemClock());
const domain = 'portillon.example';
const selector = 'portillon2026';

/** What `opendkim` of Debian, which is no part of the product, says of a mail that came over the wire. */
describeWithProgram(OPENDKIM, 'a mail that is signed here', () => {
  const open = useChannels(new SystemClock());
  const folder = mkdtempSync(join(tmpdir(), 'portillon-dkim-'));
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const relays: SmtpSink[] = [];

  beforeAll(async () => {
    writeFileSync(join(folder, 'keys'), `${selector}._domainkey.${domain} ${recordOf(publicKey)}\n`);
    writeFileSync(join(folder, 'conf'), `Mode v\nTestPublicKeys ${join(folder, 'keys')}\n`);
    relays.push(await new SmtpSink().start(), await new SmtpSink().start());
  });
  afterAll(async () => {
    for (const relay of relays) await relay.stop();
    rmSync(folder, { recursive: true });
  });

  async function sentBy(relay: SmtpSink): Promise<string> {
    const from = `Portillon <no-reply@orientation.${domain}>`;
    const dkim = {
      domain,
      selector,
      privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
    const { channels } = await open({ mail: { transport: relay.url, from, dkim } });
    expect(await channels.send(mail(), sending(random.id()))).toMatchObject({ delivery: 'SENT' });
    return relay.sources.at(-1)!.toString('latin1');
  }

  function verdictOn(source: string): string {
    writeFileSync(join(folder, 'mail'), source, 'latin1');
    return execFileSync(findProgram(OPENDKIM)!, ['-x', join(folder, 'conf'), '-t', join(folder, 'mail')], {
      encoding: 'utf8',
    });
  }

  it('passes whichever relay carries it', async () => {
    for (const relay of relays) expect(verdictOn(await sentBy(relay))).toMatch(/verification .* succeeded/);
  });

  it.each([
    ['a byte of its body', 'Saisissez', 'Saisissex'],
    ['its subject', 'Subject: ', 'Subject: Re: '],
    ['its sender', 'From: Portillon', 'From: Portail'],
  ])('does not pass with %s changed', async (_, found, changed) => {
    const source = await sentBy(relays[0]!);
    expect(source).toContain(found);
    expect(verdictOn(source.replace(found, changed))).toMatch(/verification .* failed/);
  });
});

function recordOf(key: KeyObject): string {
  return `v=DKIM1; k=rsa; p=${key.export({ type: 'spki', format: 'der' }).toString('base64')}`;
}
