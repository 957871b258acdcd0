import { SystemClock, SystemRandom } from '@portillon/kernel';
import { freePort, SmtpSink } from '@portillon/testing';
import { domainToASCII } from 'node:url';
import type { MailMessage } from '../message.types';
import type { MailOptions, NotificationLimits } from '../notification.options';
import { CODE, mail, sending } from '../testing/messages';
import { MuteServer } from '../testing/http-recorder';
import { useChannels } from '../testing/open-channels';
import { pass, until, useTestTimers } from '../testing/test-timers';

const from = 'Portillon <no-reply@portillon.example>';
const clock = new SystemClock();
const random = new SystemRandom(clock);
const TRY_MS = 5_000;

describe('a mail over SMTP', () => {
  useTestTimers({ going: true });
  const open = useChannels(clock);
  let sink: SmtpSink;

  beforeEach(async () => void (sink = await new SmtpSink().start()));
  afterEach(() => sink.stop());

  /** Sends over one relay or several, each of which is asked once. */
  async function over(
    transport: string | string[],
    limits: Partial<NotificationLimits> = {},
    changes: Partial<MailOptions> = {},
  ) {
    const options = { transport, from, connections: 2, ...changes };
    const { channels } = await open({ mail: options, limits: { retries: 0, ...limits } });
    return (message = mail()) => channels.send(message, sending(random.id()));
  }

  const send = async (...given: Parameters<typeof over>) => (await over(...given))();

  it('leaves, as a real multipart mail', async () => {
    const outcome = await send(sink.url);
    expect(outcome).toMatchObject({ delivery: 'SENT', provider: `smtp ${new URL(sink.url).host}` });
    const received = sink.lastTo('claire.martin@hopital.example');
    expect(received.subject).toBe('Votre code de connexion à Portillon');
    expect(received.text).toContain(CODE);
    expect(received.html).toContain(`>${CODE}</p>`);
    expect(received.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(received.headers.get('auto-submitted')).toBe('auto-generated');
    expect(received.headers.get('content-language')).toBe('fr');
    expect(received.headers.has('x-mailer')).toBe(false);
    expect(received.from?.value).toEqual([{ name: 'Portillon', address: 'no-reply@portillon.example' }]);
    expect([received.to].flat()[0]?.value).toEqual([{ name: '', address: 'claire.martin@hopital.example' }]);
  });

  it('has the name of its message, however often it is sent', async () => {
    const { channels } = await open({ mail: { transport: sink.url, from: 'a@hôpital.example' } });
    for (let turn = 0; turn < 2; turn++) await channels.send(mail(), sending('message-1'));
    const id = `<message-1@${domainToASCII('hôpital.example')}>`;
    expect(sink.mails.map(({ messageId }) => messageId)).toEqual([id, id]);
  });

  it('goes over connections that are kept', async () => {
    const again = await over(sink.url);
    const connected = jest.fn();
    (sink as unknown as { server: { server: NodeJS.EventEmitter } }).server.server.on(
      'connection',
      connected,
    );
    for (let turn = 0; turn < 5; turn++) await again();
    expect(sink.mails).toHaveLength(5);
    expect(connected).toHaveBeenCalledTimes(1);
  });

  describe('that the relay refuses', () => {
    it('for good fails at once, and goes to no other', async () => {
      const other = await new SmtpSink().start();
      sink.mood = 'refuse';
      expect(await send([sink.url, other.url], { retries: 2 })).toMatchObject({
        delivery: 'FAILED',
        reason: 'smtp 550',
        mayStillLeave: false,
      });
      expect([sink.attempts, other.attempts]).toEqual([1, 0]);
      await other.stop();
    });

    it('for now may leave later, or at once by the next relay', async () => {
      const other = await new SmtpSink().start();
      sink.mood = 'refuse-for-now';
      expect(await send(sink.url)).toMatchObject({
        delivery: 'FAILED',
        reason: 'smtp 451',
        mayStillLeave: true,
      });
      expect(await send([sink.url, other.url])).toMatchObject({ delivery: 'SENT' });
      await other.stop();
    });

    it('by its policy goes to the next relay', async () => {
      const other = await new SmtpSink().start();
      sink.mood = 'refuse-by-policy';
      expect(await send([sink.url, other.url])).toMatchObject({ delivery: 'SENT' });
      expect(other.attempts).toBe(1);
      await other.stop();
    });

    it('by its policy, like every other, opens its circuit', async () => {
      sink.mood = 'refuse-by-policy';
      const again = await over(sink.url, { circuitFailures: 2 });
      for (let turn = 0; turn < 2; turn++)
        expect(await again()).toMatchObject({ reason: 'smtp 550 5.7.1', mayStillLeave: true });
      expect(await again()).toMatchObject({ reason: 'circuit open' });
      expect(sink.attempts).toBe(2);
    });

    it('for its recipient does not open the circuit', async () => {
      sink.mood = 'refuse';
      const again = await over(sink.url, { circuitFailures: 1 });
      for (let turn = 0; turn < 3; turn++) expect(await again()).toMatchObject({ reason: 'smtp 550' });
      sink.mood = 'accept';
      expect(await again()).toMatchObject({ delivery: 'SENT' });
    });
  });

  describe('that the relay may have taken', () => {
    it('is never sent again when no answer comes', async () => {
      const other = await new SmtpSink().start();
      sink.mood = 'hang';
      const outcome = send([sink.url, other.url], { retries: 2 });
      await until(() => sink.attempts === 1);
      await pass(TRY_MS);
      expect(await outcome).toMatchObject({ delivery: 'UNCONFIRMED', mayStillLeave: false });
      expect([sink.attempts, other.attempts]).toEqual([1, 0]);
      await other.stop();
    });

    it('is never sent again when the line is cut', async () => {
      const other = await new SmtpSink().start();
      sink.mood = 'cut';
      expect(await send([sink.url, other.url], { retries: 2 })).toMatchObject({ delivery: 'UNCONFIRMED' });
      expect([sink.attempts, other.attempts]).toEqual([1, 0]);
      await other.stop();
    });

    it('is not sent after its time by a relay that wakes up', async () => {
      sink.mood = 'hang';
      const again = await over(sink.url);
      // Two connections hang; the third message waits for one of them and must not leave once its time is over.
      const outcomes = [1, 2, 3].map(() => again());
      await until(() => sink.attempts === 2);
      await pass(TRY_MS);
      const deliveries = (await Promise.all(outcomes)).map((outcome) => outcome.delivery);
      expect(deliveries).toEqual(['UNCONFIRMED', 'UNCONFIRMED', 'FAILED']);
      sink.mood = 'accept';
      // A mail that comes after them has the connection that the third waited for.
      expect(await again()).toMatchObject({ delivery: 'SENT' });
      expect(sink.mails).toHaveLength(1);
    });
  });

  describe('goes by the next relay when the first', () => {
    it.each([
      ['is not there', async () => `smtp://127.0.0.1:${await freePort()}`],
      ['has a name that does not resolve', async () => 'smtp://relay.invalid:2525'],
    ])('%s', async (_, first) => {
      expect(await send([await first(), sink.url])).toMatchObject({ delivery: 'SENT' });
      expect(sink.mails).toHaveLength(1);
    });

    it.each([
      ['lets nobody in', '554 5.7.1 Not you\r\n'],
      ['is closing', '421 4.3.2 Closing\r\n'],
    ])('%s', async (_, words) => {
      const mute = await new MuteServer(words).start();
      expect(await send([`smtp://127.0.0.1:${mute.port}`, sink.url])).toMatchObject({ delivery: 'SENT' });
      expect(sink.mails).toHaveLength(1);
      await mute.stop();
    });

    it.each([
      ['says nothing', undefined],
      ['hangs up before its greeting', '\r\n'],
    ])('%s', async (_, words) => {
      const mute = await new MuteServer(words).start();
      const outcome = send([`smtp://127.0.0.1:${mute.port}`, sink.url]);
      await until(() => mute.connections > 0);
      await pass(TRY_MS);
      expect(await outcome).toMatchObject({ delivery: 'SENT' });
      expect(sink.mails).toHaveLength(1);
      await mute.stop();
    });
  });

  it('survives a relay that dropped the connection while it was idle', async () => {
    const again = await over(sink.url);
    await again();
    const port = Number(new URL(sink.url).port);
    await sink.stop();
    sink = await new SmtpSink().start(port);
    expect(await again()).toMatchObject({ delivery: 'SENT' });
    expect(sink.mails).toHaveLength(1);
  });

  it('fails at once while the circuit is open, and leaves when the relay is back', async () => {
    const port = await freePort();
    const again = await over(`smtp://127.0.0.1:${port}`, { circuitFailures: 2, circuitRestMs: 10_000 });
    for (let turn = 0; turn < 2; turn++) await again();
    expect(await again()).toMatchObject({ delivery: 'FAILED', reason: 'circuit open' });
    const back = await new SmtpSink().start(port);
    await pass(10_000);
    expect(await again()).toMatchObject({ delivery: 'SENT' });
    await back.stop();
  });

  describe('where TLS is required', () => {
    const secured = (transport: string | string[]) => send(transport, {}, { requireTls: true });

    it('never goes in clear, and goes by the next relay that offers it', async () => {
      const encrypting = await new SmtpSink({ startTls: true }).start();
      const url = `${encrypting.url}?tls.rejectUnauthorized=false`;
      expect(await secured(sink.url)).toMatchObject({ delivery: 'FAILED', mayStillLeave: true });
      const lax = `${sink.url}?ignoreTLS=true&requireTLS=false`;
      expect(await secured(lax)).toMatchObject({ delivery: 'FAILED', mayStillLeave: true });
      expect(await secured([sink.url, url])).toMatchObject({ delivery: 'SENT' });
      expect([sink.attempts, encrypting.encrypted]).toEqual([0, 1]);
      await encrypting.stop();
    });

    it('goes to no relay whose certificate no authority vouches for', async () => {
      const encrypting = await new SmtpSink({ startTls: true }).start();
      expect(await secured(encrypting.url)).toMatchObject({ delivery: 'FAILED' });
      expect(encrypting.attempts).toBe(0);
      await encrypting.stop();
    });
  });

  describe('arrives as it was written', () => {
    const arrived = async (message: MailMessage, changes: Partial<MailOptions> = {}) => {
      expect(await (await over(sink.url, {}, changes))(message)).toMatchObject({ delivery: 'SENT' });
      return sink.mails.at(-1)!;
    };
    const saying = (words: string) => mail({ body: { title: words, paragraphs: [], closing: [] } });

    it.each([
      'Your code',
      'Votre code de connexion à Portillon',
      'Éà'.repeat(60),
      '😀'.repeat(40),
      'a'.repeat(300),
      'braces {{constructor}} {{title}} {{mail.title}}',
    ])('with its subject (%#)', async (subject) => {
      expect((await arrived(mail({ subject }))).subject).toBe(subject);
    });

    it.each([
      '\r\nBcc: thief@evil.example',
      '\nBcc: thief@evil.example',
      '\rX: y',
      '\u2028X: y',
      '\0',
      '\x1b[2J',
    ])('and lets no header in through the subject (%j)', async (smuggled) => {
      const received = await arrived(mail({ subject: `Code${smuggled}` }));
      expect(received.bcc).toBeUndefined();
      expect([...received.headers.keys()]).not.toContain('x');
      expect(received.subject).not.toMatch(/[\r\n]/);
    });

    it.each(['Portillon', 'Le "portillon"', 'Portillon, service d’orientation', 'Équipe'])(
      'from %j',
      async (name) => {
        const address = 'no-reply@portillon.example';
        const { from: sender } = await arrived(mail(), { from: `${name.replaceAll('"', '')} <${address}>` });
        expect(sender?.value).toEqual([{ name: name.replaceAll('"', ''), address }]);
      },
    );

    it('to an international domain, as mail servers know it', async () => {
      const received = await arrived(mail({ to: 'claire@hôpital.example' }));
      expect([received.to].flat()[0]?.value[0]?.address).toBe('claire@hôpital.example');
      expect(received.headerLines.find(({ key }) => key === 'to')?.line).toBe(
        'To: claire@xn--hpital-ixa.example',
      );
    });

    it.each([
      'plain',
      'accents éàùçœ, apostrophe ’, emoji 😀',
      'é'.repeat(500),
      '='.repeat(200),
      `${'x'.repeat(75)}é${'x'.repeat(75)}==`,
      '.\n..\nFrom me\n--=_01a20e35\n',
    ])('in both parts, whatever is in them (%#)', async (words) => {
      const { text, html } = await arrived(saying(`${words}|`));
      expect(text).toBe(`${words}|\n`);
      expect(String(html)).toContain(`${words.replaceAll('=', '&#x3D;')}|</h1>`);
    });
  });
});
