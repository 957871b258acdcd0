import { SystemClock } from '@portillon/kernel';
import { Kannel, SmppServer, SmppState } from '@portillon/testing';
import { createServer, Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { sending, sms } from '../testing/messages';
import { useChannels } from '../testing/open-channels';
import { keyring } from '../testing/process';
import { KannelOptions, KannelProvider } from './kannel.provider';

const clock = new SystemClock();
const describeWithKannel = Kannel.available() ? describe : describe.skip;

describeWithKannel('an SMS through Kannel to an operator’s SMPP', () => {
  const open = useChannels(clock);
  const operator = new SmppServer();
  const kannel = new Kannel();
  let server: Server;
  let options: KannelOptions;

  beforeAll(async () => {
    await operator.start();
    await kannel.start(operator.port);
    server = createServer((request, response) => {
      server.emit('report', `http://${request.headers.host}${request.url}`);
      response.end();
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { username, password, sendUrl } = kannel;
    const receiptUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/delivery-reports/kannel`;
    options = { kind: 'kannel', sendUrl, username, password, from: 'Portillon', receiptUrl };
  });

  afterAll(async () => {
    await kannel.stop();
    await operator.stop();
    await new Promise((resolve) => server.close(resolve));
  });

  const channels = (changes: Partial<KannelOptions> = {}) =>
    open({ sms: { providers: [{ ...options, ...changes }] }, limits: { retries: 0 } });

  /** The address that Kannel asks for with what became of this message. */
  const reportOf = (id: string) =>
    new Promise<string>((resolve) => server.on('report', (url: string) => url.includes(id) && resolve(url)));

  it.each<[SmppState, string]>([
    ['DELIVRD', 'delivered'],
    ['UNDELIV', 'undelivered'],
    ['EXPIRED', 'undelivered'],
    ['REJECTD', 'undelivered'],
    ['REFUSED', 'rejected'],
  ])('leaves, and its report (%s) says that it is %s', async (state, told) => {
    operator.state = state;
    const id = `message-${state}`;
    const reported = reportOf(id);
    const { channels: ways } = await channels();
    const text = 'Portillon : code 482913, à saisir en dix minutes';
    expect(await ways.send(sms({ text }), sending(id))).toMatchObject({
      delivery: 'SENT',
      provider: 'kannel',
    });
    const url = await reported;
    // Kannel takes it before it speaks to the operator, so only now is it there.
    expect(operator.messages.at(-1)).toEqual({ from: 'Portillon', to: '33612345678', text });
    // No digit of the code goes into a URL, which logs keep.
    expect(url).not.toContain('482913');
    const provider = new KannelProvider(options, clock, keyring);
    expect(await provider.readReceipt({ url, headers: {}, form: {} })).toMatchObject({
      id,
      reference: null,
      state: told,
    });
    const altered = url.replace(id, 'message-2');
    expect(await provider.readReceipt({ url: altered, headers: {}, form: {} })).toBeUndefined();
  });

  it('is not taken with another password, and may leave by another provider', async () => {
    const { channels: ways, health } = await channels({ password: 'another' });
    expect(await ways.send(sms(), sending())).toMatchObject({ delivery: 'FAILED', mayStillLeave: true });
    expect((await health.health())[1]).toMatchObject({ status: 'down' });
  });

  it('is possible while Kannel answers, which costs no message', async () => {
    const before = operator.messages.length;
    const { health } = await channels();
    expect((await health.health())[1]).toMatchObject({ channel: 'SMS', status: 'up' });
    expect(operator.messages).toHaveLength(before);
  });

  it('surely did not leave when Kannel is down', async () => {
    const { channels: ways } = await channels({ sendUrl: 'http://127.0.0.1:9/cgi-bin/sendsms' });
    expect(await ways.send(sms(), sending())).toMatchObject({
      delivery: 'FAILED',
      reason: 'kannel ECONNREFUSED',
      mayStillLeave: true,
    });
  });
});
