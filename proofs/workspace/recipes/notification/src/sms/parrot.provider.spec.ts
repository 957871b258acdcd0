import { SystemClock } from '@portillon/kernel';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { sending, sms } from '../testing/messages';
import { useChannels } from '../testing/open-channels';
import { keyring } from '../testing/process';
import { ParrotProvider } from './parrot.provider';
import type { SettingsReader } from './sms-provider.types';
import { smsProviders } from './sms-providers';

const clock = new SystemClock();

describe('an SMS through Parrot, as the settings name it', () => {
  const open = useChannels(clock);
  const taken: { to: string; text: string; report: string; authorization?: string }[] = [];
  const server = createServer(async (request, response) => {
    const message = (await json(request)) as (typeof taken)[number];
    taken.push({ ...message, authorization: request.headers.authorization });
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"parrot-1"}');
  });

  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => server.close());

  function settings(): SettingsReader {
    const environment: Record<string, string> = {
      PARROT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/messages`,
      PARROT_TOKEN: 'token',
      PARROT_SENDER: 'Portillon',
    };
    const text = (name: string) => environment[name] ?? null;
    const refuse = (name: string, why: string) => {
      throw new Error(`${name} ${why}`);
    };
    return { text, url: text, formed: text, whole: (_, bound) => bound.default, contentOf: refuse, refuse };
  }

  it('leaves, and its report is believed by its digest alone', async () => {
    const parrot = smsProviders.find(({ kind }) => kind === 'parrot')!;
    const reportUrl = 'https://portillon.example/api/delivery-reports/parrot';
    const options = parrot.read(settings(), { isNamed: false, reportUrl, outboundAllow: [] })!;
    const { channels } = await open({ sms: { providers: [options] } });
    const sent = await channels.send(sms(), sending('message-1'));
    expect(sent).toMatchObject({ delivery: 'SENT', provider: 'parrot', reference: 'parrot-1' });
    expect(taken).toMatchObject([{ to: sms().to, text: sms().text, authorization: 'Bearer token' }]);
    const provider = new ParrotProvider(
      options as ConstructorParameters<typeof ParrotProvider>[0],
      clock,
      keyring,
    );
    const { report } = taken[0]!;
    const read = (url: string) => provider.readReceipt({ url, headers: {}, form: { state: 'arrived' } });
    expect(await read(report)).toMatchObject({ id: 'message-1', state: 'delivered' });
    expect(await read(report.replace('message-1', 'message-2'))).toBeUndefined();
  });
});
