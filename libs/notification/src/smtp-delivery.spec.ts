import { SystemClock, SystemRandom } from '@portillon/kernel';
import { freePort, SmtpSink } from '@portillon/testing';
import { Channels } from './channels';
import { LazyMailer } from './lazy-mailer';
import { NotificationLimits, readLimits } from './notification.options';
import { CODE, mail, sending } from './testing/messages';
import { MuteServer } from './testing/mute-server';

const from = 'Portillon <no-reply@portillon.example>';
const clock = new SystemClock();
const random = new SystemRandom(clock);

describe('a mail over SMTP', () => {
  let sink: SmtpSink;
  const open: Channels[] = [];

  beforeAll(async () => void (await new LazyMailer({}).load()));
  beforeEach(async () => void (sink = await new SmtpSink().start()));
  afterEach(async () => {
    await Promise.all(open.splice(0).map((channels) => channels.close()));
    await sink.stop();
  });

  function channels(transport: string | string[], limits: Partial<NotificationLimits> = {}): Channels {
    const all = readLimits({ tryTimeoutMs: 800, deadlineMs: 4_000, ...limits });
    const made = new Channels({ mail: { transport, from, connections: 2 } }, all, clock, random);
    open.push(made);
    return made;
  }

  const send = (transport: string | string[], limits?: Partial<NotificationLimits>) =>
    channels(transport, limits).send(mail(), sending(random.id()));

  it('leaves, as a real multipart mail', async () => {
    const outcome = await send(sink.url);
    expect(outcome).toMatchObject({ delivery: 'SENT', provider: `smtp ${new URL(sink.url).host}` });
    const received = sink.lastTo('claire.martin@hopital.example');
    expect(received.subject).toBe('Votre code de connexion à Portillon');
    expect(received.text).toContain(CODE);
    expect(received.html).toContain(`>${CODE}</p>`);
    expect(received.headers.get('content-type')).toMatchObject({ value: 'multipart/alternative' });
    expect(received.headers.get('auto-submitted')).toBe('auto-generated');
    expect(received.headers.has('x-mailer')).toBe(false);
  });

  it('goes over connections that are kept', async () => {
    const one = channels(sink.url);
    const connected = jest.fn();
    (sink as unknown as { server: { server: NodeJS.EventEmitter } }).server.server.on(
      'connection',
      connected,
    );
    for (let turn = 0; turn < 5; turn++) await one.send(mail(), sending(random.id()));
    expect(sink.mails).toHaveLength(5);
    expect(connected).toHaveBeenCalledTimes(1);
  });

  it('fails at once when it is refused for good', async () => {
    sink.mood = 'refuse';
    expect(await send(sink.url)).toMatchObject({
      delivery: 'FAILED',
      reason: 'smtp 550',
      mayStillLeave: false,
    });
    expect(sink.attempts).toBe(1);
  });

  it('is tried three times when it is refused for now', async () => {
    sink.mood = 'refuse-for-now';
    expect(await send(sink.url)).toMatchObject({
      delivery: 'FAILED',
      reason: 'smtp 451',
      mayStillLeave: true,
    });
    expect(sink.attempts).toBe(3);
  });

  it('leaves once the relay takes it', async () => {
    sink.mood = 'refuse-for-now';
    const outcome = send(sink.url);
    await until(() => sink.attempts === 1);
    sink.mood = 'accept';
    expect(await outcome).toMatchObject({ delivery: 'SENT' });
    expect(sink.mails).toHaveLength(1);
  });

  it.each(['hang', 'cut'] as const)(
    'is never sent again when the relay does not say whether it took it (%s)',
    async (mood) => {
      sink.mood = mood;
      const other = await new SmtpSink().start();
      const begun = performance.now();
      expect(await send([sink.url, other.url])).toMatchObject({
        delivery: 'UNCONFIRMED',
        mayStillLeave: false,
      });
      expect(performance.now() - begun).toBeLessThan(1_600);
      expect([sink.attempts, other.attempts]).toEqual([1, 0]);
      await other.stop();
    },
  );

  it('is not sent after its time by a relay that wakes up', async () => {
    sink.mood = 'hang';
    const one = channels(sink.url);
    // Two connections hang; the third message waits for one of them and must not leave once its time is over.
    const outcomes = await Promise.all([1, 2, 3].map(() => one.send(mail(), sending(random.id()))));
    expect(outcomes.map((outcome) => outcome.delivery)).toEqual(['UNCONFIRMED', 'UNCONFIRMED', 'FAILED']);
    sink.mood = 'accept';
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(sink.mails).toHaveLength(0);
  });

  it.each([
    ['nobody listens', async () => `smtp://127.0.0.1:${await freePort()}`],
    ['the name does not resolve', async () => 'smtp://relay.invalid:2525'],
  ])('goes by the next relay when %s', async (_, first) => {
    expect(await send([await first(), sink.url])).toMatchObject({ delivery: 'SENT' });
    expect(sink.mails).toHaveLength(1);
  });

  it.each([
    ['says nothing', undefined],
    ['lets nobody in', '554 5.7.1 Not you\r\n'],
    ['is closing', '421 4.3.2 Closing\r\n'],
    ['hangs up before its greeting', '\r\n'],
  ])('goes by the next relay when the first %s', async (_, words) => {
    const mute = await new MuteServer(words).start();
    expect(await send([`smtp://127.0.0.1:${mute.port}`, sink.url])).toMatchObject({ delivery: 'SENT' });
    expect(sink.mails).toHaveLength(1);
    await mute.stop();
  });

  it('goes by the next relay when the first refuses it for now, and by no other when it refuses it for good', async () => {
    const other = await new SmtpSink().start();
    sink.mood = 'refuse-for-now';
    expect(await send([sink.url, other.url])).toMatchObject({ delivery: 'SENT' });
    sink.mood = 'refuse';
    expect(await send([sink.url, other.url])).toMatchObject({ delivery: 'FAILED' });
    expect(other.attempts).toBe(1);
    await other.stop();
  });

  it('goes by the next relay when the first refuses it by its policy, and is its own failure when its mailbox does', async () => {
    const other = await new SmtpSink().start();
    sink.mood = 'refuse-by-policy';
    expect(await send([sink.url, other.url])).toMatchObject({ delivery: 'SENT' });
    sink.mood = 'refuse';
    expect(await send([sink.url, other.url])).toMatchObject({ delivery: 'FAILED', mayStillLeave: false });
    expect(other.attempts).toBe(1);
    await other.stop();
  });

  it('opens the circuit of a relay that refuses every mail by its policy', async () => {
    sink.mood = 'refuse-by-policy';
    const one = channels(sink.url, { circuitFailures: 2 });
    for (let turn = 0; turn < 2; turn++)
      expect(await one.send(mail(), sending(random.id()))).toMatchObject({ reason: 'smtp 550 5.7.1' });
    expect(await one.send(mail(), sending(random.id()))).toMatchObject({ reason: 'circuit open' });
    expect(sink.attempts).toBe(2);
  });

  describe('where TLS is required', () => {
    const secured = (url: string | string[]) => {
      const options = { mail: { transport: url, from, requireTls: true } };
      const made = new Channels(options, readLimits({ tryTimeoutMs: 800 }), clock, random);
      open.push(made);
      return made.send(mail(), sending(random.id()));
    };

    it('never goes in clear, and goes by the next relay that offers it', async () => {
      const encrypting = await new SmtpSink({ startTls: true }).start();
      const url = `${encrypting.url}?tls.rejectUnauthorized=false`;
      expect(await secured(sink.url)).toMatchObject({ delivery: 'FAILED', mayStillLeave: true });
      expect(await secured(`${sink.url}?ignoreTLS=true&requireTLS=false`)).toMatchObject({
        delivery: 'FAILED',
      });
      expect(await secured([sink.url, url])).toMatchObject({ delivery: 'SENT' });
      expect([sink.attempts, encrypting.encrypted]).toEqual([0, 1]);
      await encrypting.stop();
    });

    it('goes to no relay whose certificate nobody vouches for', async () => {
      const encrypting = await new SmtpSink({ startTls: true }).start();
      expect(await secured(encrypting.url)).toMatchObject({ delivery: 'FAILED' });
      expect(encrypting.attempts).toBe(0);
      await encrypting.stop();
    });
  });

  it('survives a relay that dropped the connection while it was idle', async () => {
    const one = channels(sink.url);
    await one.send(mail(), sending(random.id()));
    const port = Number(new URL(sink.url).port);
    await sink.stop();
    sink = await new SmtpSink().start(port);
    expect(await one.send(mail(), sending(random.id()))).toMatchObject({ delivery: 'SENT' });
    expect(sink.mails).toHaveLength(1);
  });

  it('ends within its deadline whatever the relays do', async () => {
    const mutes = await Promise.all([1, 2, 3].map(() => new MuteServer().start()));
    const begun = performance.now();
    const urls = mutes.map((mute) => `smtp://127.0.0.1:${mute.port}`);
    expect(await send(urls, { deadlineMs: 1_000 })).toMatchObject({ delivery: 'FAILED' });
    expect(performance.now() - begun).toBeLessThan(1_100);
    await Promise.all(mutes.map((mute) => mute.stop()));
  });

  it('fails at once while the circuit is open, and passes when the relay is back', async () => {
    const port = await freePort();
    const one = channels(`smtp://127.0.0.1:${port}`, { retries: 0, circuitFailures: 2, circuitRestMs: 200 });
    for (let turn = 0; turn < 2; turn++) await one.send(mail(), sending(random.id()));
    const begun = performance.now();
    expect(await one.send(mail(), sending(random.id()))).toMatchObject({
      delivery: 'FAILED',
      reason: 'circuit open',
    });
    expect(performance.now() - begun).toBeLessThan(50);
    const back = await new SmtpSink().start(port);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await one.send(mail(), sending(random.id()))).toMatchObject({ delivery: 'SENT' });
    await back.stop();
  });

  it('does not let unknown mailboxes open the circuit', async () => {
    sink.mood = 'refuse';
    const one = channels(sink.url, { circuitFailures: 1 });
    for (let turn = 0; turn < 3; turn++)
      expect(await one.send(mail(), sending(random.id()))).toMatchObject({ reason: 'smtp 550' });
    sink.mood = 'accept';
    expect(await one.send(mail(), sending(random.id()))).toMatchObject({ delivery: 'SENT' });
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
