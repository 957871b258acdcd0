import { MINUTE, addMilliseconds, SystemClock } from '@portillon/kernel';
import { OvhMood, OvhServer, SettableClock } from '@portillon/testing';
import { sending, sms } from '../testing/messages';
import { useChannels } from '../testing/open-channels';
import { keyring } from '../testing/process';
import { OvhOptions, OvhProvider } from './ovh.provider';

const keys = { applicationKey: 'application', applicationSecret: 'secret', consumerKey: 'consumer' };
const SERVICE = 'sms-ab12345-1';
const receiptUrl = 'https://portillon.example/api/delivery-reports/ovh';
const options: OvhOptions = { kind: 'ovh', ...keys, serviceName: SERVICE, from: 'Portillon', receiptUrl };

describe('an SMS through OVHcloud', () => {
  const clock = new SettableClock();
  const open = useChannels(clock);
  let server: OvhServer;

  /** Its clock is ten minutes before ours. */
  const theirs = () => clock.now().getTime() + 10 * MINUTE;

  beforeEach(async () => void (server = await new OvhServer(keys, SERVICE, theirs).start()));
  afterEach(() => server.stop());

  const channels = (changes: Partial<OvhOptions> = {}) =>
    open({ sms: { providers: [{ ...options, apiUrl: server.url, ...changes }] }, limits: { retries: 0 } });
  const send = async (changes: Partial<OvhOptions> = {}) =>
    (await channels(changes)).channels.send(sms(), sending());

  it('leaves signed by the clock of OVHcloud, at any hour, and is of no use after its code', async () => {
    const { channels: ways } = await channels();
    const usefulUntil = addMilliseconds(clock.now(), 10 * MINUTE - 1);
    expect(await ways.send(sms(), { id: 'message-1', usefulUntil })).toMatchObject({
      delivery: 'SENT',
      provider: 'ovh',
      reference: '1000001',
    });
    expect(server.jobs).toMatchObject([
      {
        message: 'Portillon : code 482913',
        receivers: ['+33612345678'],
        sender: 'Portillon',
        noStopClause: true,
        validityPeriod: 9,
      },
    ]);
  });

  it.each<[OvhMood, string, boolean]>([
    ['invalid-number', 'ovh invalid receiver', false],
    ['no-credit', 'ovh 402', true],
    ['fail', 'ovh 500', true],
  ])(
    'that is not taken (%s) may leave by another provider, unless the number is none',
    async (mood, reason, may) => {
      server.mood = mood;
      expect(await send()).toMatchObject({ delivery: 'FAILED', reason, mayStillLeave: may });
      expect(server.attempts).toBe(1);
    },
  );

  it('is not taken with another key', async () => {
    expect(await send({ applicationSecret: 'another' })).toMatchObject({
      delivery: 'FAILED',
      reason: 'ovh 400',
      mayStillLeave: true,
    });
  });

  it('surely did not leave when OVHcloud cannot be reached', async () => {
    const outcome = await send({ apiUrl: 'http://127.0.0.1:9' });
    expect(outcome).toMatchObject({ delivery: 'FAILED', reason: 'ovh ECONNREFUSED', mayStillLeave: true });
  });

  it('may have left when no answer comes', async () => {
    server.mood = 'hang';
    const ways = await open({
      sms: { providers: [{ ...options, apiUrl: server.url }] },
      limits: { retries: 0, tryTimeoutMs: 50 },
    });
    const outcome = await ways.channels.send(sms(), sending());
    expect(outcome).toMatchObject({ delivery: 'UNCONFIRMED', mayStillLeave: false });
  });

  it('is possible while the account is enabled', async () => {
    const { health } = await channels();
    expect((await health.health())[1]).toMatchObject({ channel: 'SMS', status: 'up' });
    clock.advance(MINUTE);
    server.status = 'disable';
    expect((await health.health())[1]).toMatchObject({ status: 'down' });
  });
});

describe('a report of OVHcloud', () => {
  const provider = new OvhProvider(options, new SystemClock(), keyring);
  const read = (url: string) => provider.readReceipt({ url, headers: {}, form: {} });
  const report = (query: string) => `${provider.receiptUrl}&${query}`;

  it.each([
    ['4', 'delivered'],
    ['5', 'undelivered'],
    ['8', 'expired'],
    ['20', 'rejected'],
    ['23', 'undelivered'],
    ['28', 'rejected'],
    ['3', 'unknown'],
    ['6', 'unknown'],
  ])('with ptt %s says %s, of the message that has its name for it', async (ptt, state) => {
    expect(await read(report(`id=1000001&ptt=${ptt}&date=20260302161300`))).toEqual({
      reference: '1000001',
      state,
      code: ptt,
    });
  });

  it.each([
    ['without a digest', `${receiptUrl}?id=1000001&ptt=4`],
    [
      'with the digest of another provider',
      `${receiptUrl}?id=1&ptt=4&mac=${keyring.digest('sms.receipt', ['kannel', ''])}`,
    ],
    [
      'with a digest of another purpose',
      `${receiptUrl}?id=1&ptt=4&mac=${keyring.digest('limit', ['ovh', ''])}`,
    ],
  ])('%s is not believed', async (_, url) => {
    expect(await read(url)).toBeUndefined();
  });
});
