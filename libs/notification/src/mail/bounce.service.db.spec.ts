import { Keyring, SystemRandom } from '@portillon/kernel';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageSealService } from '../message-seal.service';
import { describeOutbox } from '../testing/describe-outbox';
import { mail } from '../testing/messages';
import { keyring } from '../testing/process';
import { BounceAddresses } from './bounce-address';
import { BounceService } from './bounce.service';

/** The addresses in the reports, which Debian's Postfix made. */
const RETURN_PATH = 'bounces+0198abcd.deadbeef@portillon.test';
const PERSON = 'personne@hopital.test';

const report = (name: string) => readFileSync(join(__dirname, `../testing/reports/${name}.eml`), 'utf8');

describeOutbox('a mail that comes back', (fixture) => {
  const addresses = new BounceAddresses('bounces@portillon.test', keyring);
  const delivered = { name: 'relay', send: async () => ({ status: 'sent' as const }) };
  let id: string;

  const sendTo = async (to: string, accountId: string | null = 'claire') => {
    const one = fixture.start({ mail: [delivered] });
    const outgoing = await one.enqueue(mail({ to }), { accountId });
    await one.notifications.deliver(outgoing);
    id = outgoing.id;
  };
  const read = (text: string, { returnPath = addresses.of(id)!, ring = keyring } = {}) => {
    const { repository } = fixture.start();
    const own = new BounceAddresses('bounces@portillon.test', ring);
    const service = new BounceService(
      own,
      repository,
      new MessageSealService(ring, new SystemRandom(fixture.clock)),
    );
    return service.read(Buffer.from(text.replaceAll(RETURN_PATH, returnPath)));
  };
  const changed = (name: string, found: string, text: string) => {
    expect(report(name)).toContain(found);
    return report(name).replaceAll(found, text);
  };

  it('is known by its address, with the person whom it was for and why', async () => {
    await sendTo(PERSON);
    expect(await read(report('unknown-mailbox'))).toEqual({
      status: 'unreachable',
      accountId: 'claire',
      address: PERSON,
      code: '5.1.1',
    });
  });

  it('from behind an alias is the address that it was sent to', async () => {
    await sendTo('Chef@hopital.test');
    expect(await read(report('unknown-behind-an-alias'))).toMatchObject({
      status: 'unreachable',
      address: 'chef@hopital.test',
    });
  });

  it('is known after the key was replaced, as long as the old one is in the ring', async () => {
    await sendTo(PERSON);
    const young = { id: 'k2', secret: Buffer.alloc(32, 'another key, drawn at random') };
    const old = { id: 'k1', secret: Buffer.alloc(32, 7) };
    const after = new Keyring([young, old]);
    expect(await read(report('unknown-mailbox'), { ring: after })).toMatchObject({ status: 'unreachable' });
  });

  it.each(['5.1.2', '5.1.10', '5.2.1', '5.2.2', '5.4.4'])('for good with %s', async (code) => {
    await sendTo(PERSON);
    const text = changed('unknown-mailbox', 'Status: 5.1.1', `Status: ${code}`);
    expect(await read(text)).toMatchObject({ status: 'unreachable', code });
  });

  it.each(['5.7.1', '5.1.8', '5.2.3', '4.2.2', '5.0.0', '5.1.1.1', 'nonsense'])(
    'says nothing of the mailbox with %s',
    async (code) => {
      await sendTo(PERSON);
      const text = changed('unknown-mailbox', 'Status: 5.1.1', `Status: ${code}`);
      expect(await read(text)).toEqual({ status: 'not-permanent' });
    },
  );

  it.each(['delivered', 'delayed'])('is another matter than one that is %s', async (name) => {
    await sendTo(PERSON);
    expect(await read(report(name))).toEqual({ status: 'not-permanent' });
  });

  it('is no absence notice, nor any other message', async () => {
    await sendTo(PERSON);
    const absence = `To: ${RETURN_PATH}\nAuto-Submitted: auto-replied\nSubject: Absente\n\nStatus: 5.1.1\n`;
    expect(await read(absence)).toEqual({ status: 'no-report' });
    expect(await read('')).toEqual({ status: 'no-report' });
    expect(await read('\0'.repeat(1_000))).toEqual({ status: 'no-report' });
  });

  describe('is not believed', () => {
    beforeEach(() => sendTo(PERSON));

    it.each<[string, (address: string) => string]>([
      [
        'whose code is another',
        (address) => address.replace(/\.[0-9a-f]/, (found) => (found === '.0' ? '.1' : '.0')),
      ],
      ['without a code', (address) => address.replace(/\.[0-9a-f]{20}@/, '@')],
      ['of another message', (address) => address.replace(/\+[0-9a-f]/, '+f')],
      ['of another domain', (address) => address.replace('portillon.test', 'evil.test')],
      ['that is the plain one', () => 'bounces@portillon.test'],
    ])('at an address %s', async (_, forge) => {
      const returnPath = forge(addresses.of(id)!);
      expect(returnPath).not.toBe(addresses.of(id));
      expect(await read(report('unknown-mailbox'), { returnPath })).toEqual({ status: 'not-ours' });
    });

    it('when it is about an address that the mail did not go to', async () => {
      const text = changed('unknown-mailbox', PERSON, 'autre@hopital.test');
      expect(await read(text)).toEqual({ status: 'not-ours' });
    });
  });

  it('is of no use once the delivery log has forgotten the mail, nor when it was to no account', async () => {
    await sendTo(PERSON, null);
    expect(await read(report('unknown-mailbox'))).toEqual({ status: 'unknown' });
    await fixture.table.deleteAll();
    expect(await read(report('unknown-mailbox'))).toEqual({ status: 'unknown' });
  });
});
