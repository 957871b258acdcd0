import { MINUTE, addMilliseconds, SystemClock } from '@portillon/kernel';
import { freePort, SettableClock, TwilioServer } from '@portillon/testing';
import type { NotificationLimits } from '../notification.options';
import { HttpRecorder, MuteServer } from '../testing/http-recorder';
import { sending, sms } from '../testing/messages';
import { OpenChannels, useChannels } from '../testing/open-channels';
import { pass, until, useTestTimers } from '../testing/test-timers';
import { TwilioOptions, TwilioProvider } from './twilio.provider';

const clock = new SystemClock();
const TRY_MS = 5_000;
const REST_MS = 10_000;
const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', from: '+33700000000' };

describe('an SMS through Twilio', () => {
  useTestTimers({ going: true });
  const standing = new SettableClock();
  const open = useChannels(standing);
  let server: TwilioServer;

  beforeEach(async () => void (server = await new TwilioServer().start()));
  afterEach(() => server.stop());

  /** Channels with an account at each of these, each of which is asked once. */
  function accounts(options: Partial<TwilioOptions>[], limits: Partial<NotificationLimits> = {}) {
    const providers = options.map((one) => ({ ...account, ...one }));
    return open({ sms: { providers }, limits: { retries: 0, ...limits } });
  }

  const send = async (...options: Partial<TwilioOptions>[]) =>
    (await accounts(options)).channels.send(sms(), sending());

  it('leaves with the account, its number and the text', async () => {
    const outcome = await send({ apiUrl: `${server.url}/` });
    expect(outcome).toMatchObject({
      delivery: 'SENT',
      provider: 'twilio',
      reference: expect.stringMatching(/^SM/),
    });
    expect(server.messages).toMatchObject([
      {
        to: '+33612345678',
        from: '+33700000000',
        body: 'Portillon : code 482913',
        authorization: `Basic ${Buffer.from(`${account.accountSid}:token`).toString('base64')}`,
      },
    ]);
  });

  it('leaves by a messaging service, and asks for a report under its own id, over a connection that is kept', async () => {
    const recorder = await new HttpRecorder().start();
    const service = { from: undefined, messagingServiceSid: 'MG1' };
    const statusCallbackUrl = 'https://portillon.example/sms?x=1';
    const one = await accounts([{ apiUrl: recorder.url, ...service, statusCallbackUrl }]);
    for (let turn = 1; turn <= 3; turn++) await one.channels.send(sms(), sending(`message-${turn}`));
    expect(Object.fromEntries(recorder.forms[2]!)).toEqual({
      To: '+33612345678',
      Body: 'Portillon : code 482913',
      MessagingServiceSid: 'MG1',
      StatusCallback: 'https://portillon.example/sms?x=1&id=message-3',
      ValidityPeriod: '36000',
      ContentRetention: 'discard',
      AddressRetention: 'obfuscate',
    });
    expect(recorder.connections).toBe(1);
    await recorder.stop();
  });

  it('lives at Twilio no longer than its code, whose text and number are not kept there', async () => {
    const one = await accounts([{ apiUrl: server.url, messageIntent: 'otp' }]);
    for (const left of [10 * MINUTE, 61_999, 1])
      await one.channels.send(sms(), { id: 'message-1', usefulUntil: addMilliseconds(standing.now(), left) });
    expect(server.messages.map(({ form }) => form['ValidityPeriod'])).toEqual(['600', '61', '1']);
    expect(server.messages[0]!.form).toMatchObject({
      ContentRetention: 'discard',
      AddressRetention: 'obfuscate',
      MessageIntent: 'otp',
    });
  });

  it('fails at once when it is refused for good', async () => {
    server.mood = 'refuse';
    const outcome = await send({ apiUrl: server.url }, { apiUrl: server.url });
    expect(outcome).toMatchObject({ delivery: 'FAILED', reason: 'twilio 400 21211', mayStillLeave: false });
    expect(server.attempts).toBe(1);
  });

  it.each([
    ['too-many', 'twilio 429 20429'],
    ['fail', 'twilio 500 20500'],
  ] as const)('may leave later when Twilio does not take it for now (%s)', async (mood, reason) => {
    server.mood = mood;
    expect(await send({ apiUrl: server.url })).toMatchObject({
      delivery: 'FAILED',
      reason,
      mayStillLeave: true,
    });
  });

  it('is tried three times in all', async () => {
    server.mood = 'fail';
    const { channels } = await accounts([{ apiUrl: server.url }], { retries: 2 });
    const outcome = channels.send(sms(), sending());
    for (let attempt = 1; attempt <= 3; attempt++) {
      await until(() => server.attempts === attempt);
      await pass(500);
    }
    expect(await outcome).toMatchObject({ delivery: 'FAILED' });
    expect(server.attempts).toBe(3);
  });

  it('is never sent again when Twilio does not answer', async () => {
    server.mood = 'hang';
    const other = await new TwilioServer().start();
    const outcome = send({ apiUrl: server.url }, { apiUrl: other.url });
    await until(() => server.attempts === 1);
    await pass(TRY_MS);
    expect(await outcome).toMatchObject({ delivery: 'UNCONFIRMED' });
    expect([server.attempts, other.attempts]).toEqual([1, 0]);
    await other.stop();
  });

  it('is never sent again when the line is cut after the request', async () => {
    server.mood = 'hang';
    const outcome = send({ apiUrl: server.url });
    await until(() => server.attempts === 1);
    await server.stop();
    expect(await outcome).toMatchObject({ delivery: 'UNCONFIRMED', reason: 'twilio ECONNRESET' });
    server = await new TwilioServer().start();
  });

  it.each([
    ['no server listens', async () => `http://127.0.0.1:${await freePort()}`],
    ['the name does not resolve', async () => 'https://twilio.invalid'],
  ])('goes by the next provider when %s', async (_, first) => {
    expect(await send({ apiUrl: await first() }, { apiUrl: server.url })).toMatchObject({ delivery: 'SENT' });
    expect(server.messages).toHaveLength(1);
  });

  it('goes by the next provider when the first speaks no TLS', async () => {
    const first = await new MuteServer('HTTP/1.1 200 OK\r\n\r\n').start();
    const apiUrl = `https://127.0.0.1:${first.port}`;
    expect(await send({ apiUrl }, { apiUrl: server.url })).toMatchObject({ delivery: 'SENT' });
    expect(server.messages).toHaveLength(1);
    await first.stop();
  });

  it('goes by the next provider when the first never finishes its TLS handshake', async () => {
    const first = await new MuteServer().start();
    const outcome = send({ apiUrl: `https://127.0.0.1:${first.port}` }, { apiUrl: server.url });
    await until(() => first.connections === 1);
    await pass(TRY_MS);
    expect(await outcome).toMatchObject({ delivery: 'SENT' });
    await first.stop();
  });

  it.each([
    ['its credentials are wrong', 401],
    ['the account is suspended', 403],
    ['the account is not there', 404],
  ])('goes by the next provider when %s', async (_, status) => {
    const first = await new MuteServer(
      `HTTP/1.1 ${status} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`,
    ).start();
    const url = `http://127.0.0.1:${first.port}`;
    expect(await send({ apiUrl: url }, { apiUrl: server.url })).toMatchObject({ delivery: 'SENT' });
    await first.stop();
  });

  it.each([502, 504])('is not sent again when a gateway lost the answer (%s)', async (status) => {
    const page = '<html>Bad gateway</html>';
    const first = await new MuteServer(
      `HTTP/1.1 ${status} No\r\nContent-Length: ${page.length}\r\nConnection: close\r\n\r\n${page}`,
    ).start();
    const url = `http://127.0.0.1:${first.port}`;
    expect(await send({ apiUrl: url }, { apiUrl: server.url })).toMatchObject({ delivery: 'UNCONFIRMED' });
    expect(server.attempts).toBe(0);
    await first.stop();
  });

  it('does not follow an answer without end', async () => {
    const first = await new MuteServer(`HTTP/1.1 201 Created\r\n\r\n${'x'.repeat(100_000)}`).start();
    const outcome = await send({ apiUrl: `http://127.0.0.1:${first.port}` });
    expect(outcome).toMatchObject({ delivery: 'UNCONFIRMED', reason: 'twilio ERR_BAD_RESPONSE' });
    await first.stop();
  });

  describe('while Twilio ails', () => {
    const status = async ({ health }: OpenChannels) => (await health.health())[1]!.status;

    async function opened(): Promise<OpenChannels> {
      const limits = { circuitFailures: 2, circuitRestMs: REST_MS };
      const one = await accounts([{ apiUrl: server.url }], limits);
      server.mood = 'fail';
      for (let turn = 0; turn < 3; turn++) await one.channels.send(sms(), sending());
      return one;
    }

    it('fails at once, and Twilio is asked for nothing but how it is', async () => {
      const one = await opened();
      expect([server.attempts, await status(one)]).toEqual([2, 'down']);
      await pass(REST_MS);
      expect(await one.channels.send(sms(), sending())).toMatchObject({ reason: 'circuit open' });
      expect([server.attempts, server.looks]).toEqual([2, 1]);
    });

    it('comes back by a look at Twilio, and by no person’s message', async () => {
      const one = await opened();
      expect(await status(one)).toBe('down');
      server.mood = 'accept';
      await pass(REST_MS);
      await one.health.probe();
      expect(await status(one)).toBe('up');
      expect(server.attempts).toBe(2);
      expect(await one.channels.send(sms(), sending())).toMatchObject({ delivery: 'SENT' });
    });

    it('leaves once a look, that its message waits for, finds Twilio back', async () => {
      const one = await opened();
      server.mood = 'accept';
      await pass(REST_MS);
      expect(await one.channels.send(sms(), sending())).toMatchObject({ delivery: 'SENT' });
      expect(server.looks).toBe(1);
    });

    it.each(['suspended', 'closed'] as const)('is down while the account is %s', async (state) => {
      server.accountStatus = state;
      expect(await status(await accounts([{ apiUrl: server.url }]))).toBe('down');
    });
  });
});

describe('the options of Twilio', () => {
  const make = (options: Partial<TwilioOptions>) => () =>
    new TwilioProvider({ ...account, ...options }, clock);

  it.each([
    [{ accountSid: 'SK123' }, 'accountSid'],
    [{ authToken: '' }, 'authToken'],
    [{ from: undefined }, 'either "from" or "messagingServiceSid"'],
    [{ messagingServiceSid: 'MG1' }, 'either "from" or "messagingServiceSid"'],
    [{ apiUrl: 'ftp://twilio.example' }, 'apiUrl'],
    [{ statusCallbackUrl: 'sms' }, 'statusCallbackUrl'],
  ])('are refused at start when wrong (%#)', (options, named) => {
    expect(make(options)).toThrow(named);
  });

  it('never show the token in a refusal', () => {
    expect(make({ accountSid: 'secret' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('secret') }),
    );
    expect(new TwilioProvider(account, clock).name).toBe('twilio');
  });
});
