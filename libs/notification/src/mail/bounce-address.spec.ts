import { SystemClock, SystemRandom } from '@portillon/kernel';
import { SmtpSink } from '@portillon/testing';
import { mail, sending } from '../testing/messages';
import { useChannels } from '../testing/open-channels';
import { keyring } from '../testing/process';
import { BounceAddresses } from './bounce-address';

const clock = new SystemClock();
const id = new SystemRandom(clock).id();

describe('the bounce address of a mail', () => {
  const open = useChannels(clock);

  it('is on its envelope, and the person sees the sender', async () => {
    const relay = await new SmtpSink().start();
    const from = 'Portillon <no-reply@portillon.example>';
    for (const bounces of ['bounces@portillon.example', undefined]) {
      const { channels } = await open({ mail: { transport: relay.url, from, bounces } });
      expect(await channels.send(mail(), sending(id))).toMatchObject({ delivery: 'SENT' });
    }
    const ours = new BounceAddresses('bounces@portillon.example', keyring).of(id);
    expect(relay.senders).toEqual([ours, 'no-reply@portillon.example']);
    expect(relay.mails.map((one) => one.from?.text)).toEqual(
      Array(2).fill(expect.stringContaining('no-reply@')),
    );
    await relay.stop();
  });

  it('identifies its mail, however its case is changed on the way, and fits a local part', () => {
    const addresses = new BounceAddresses('Bounces@Portillon.example', keyring);
    const address = addresses.of(id)!;
    expect(address).toMatch(/^bounces\+[0-9a-f]{32}\.[0-9a-f]{20}@portillon\.example$/);
    expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
    expect(addresses.messageOf(address.toUpperCase())).toBe(id);
  });

  it('is the sender’s own where none is set', () => {
    const addresses = new BounceAddresses(undefined, keyring);
    expect(addresses.of(id)).toBeUndefined();
    const other = new BounceAddresses('bounces@portillon.example', keyring).of(id)!;
    expect(addresses.messageOf(other)).toBeUndefined();
  });

  it.each([
    'bounces',
    'bounces+x@portillon.example',
    'bounces-of-us@portillon.example',
    'a b@c.example',
    '@c.example',
  ])('is refused at start as %s', (base) =>
    expect(() => new BounceAddresses(base, keyring)).toThrow('mail.bounces'),
  );
});
