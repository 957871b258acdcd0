import { SmsFindings } from '../sms/sms.findings';
import type { ReceiptService } from '../receipts/receipt.service';
import type { SmsRouteService } from '../routes/sms-route.service';
import type { ChannelService, ChannelHealth } from './channel.service';

const URL = 'https://portillon.example/api/delivery-reports/ovh?mac=k1.x';

function findings(status: ChannelHealth['status'], ups: readonly boolean[], last: string[] = []) {
  const providers = ups.map((up, index) => ({ provider: `provider ${index}`, up, latencyMs: null }));
  const health = [{ channel: 'SMS', status, since: null, latencyMs: null, providers }];
  const receipts = { accountUrls: [{ provider: 'ovh', url: URL }] };
  return new SmsFindings(
    { health: async () => health } as unknown as ChannelService,
    receipts as ReceiptService,
    { findAvoided: async () => last } as unknown as SmsRouteService,
  );
}

describe('a channel', () => {
  it.each([
    ['off', [], 'off'],
    ['down', [false, false], 'failing'],
    ['up', [false, true], 'remark'],
    ['up', [true, true], 'well'],
  ] as const)('that is %s with providers %j is %s', async (status, ups, state) => {
    expect((await findings(status, ups).find()).state).toBe(state);
  });

  it('of SMS names a provider that is tried last', async () => {
    const found = await findings('up', [true, true], ['provider 1']).find();
    expect(found).toMatchObject({
      state: 'remark',
      text: expect.stringMatching(/^provider 1 is tried last/),
      values: { providers: [{ passedOver: false }, { name: 'provider 1', passedOver: true }] },
    });
  });

  it('of SMS is checked without the database', async () => {
    const away = { findAvoided: () => Promise.reject(new Error('database')) } as unknown as SmsRouteService;
    const health = [
      { channel: 'SMS', status: 'up', latencyMs: 1, providers: [{ provider: 'a', up: true, latencyMs: 1 }] },
    ];
    const channels = { health: async () => health } as unknown as ChannelService;
    expect((await new SmsFindings(channels, {} as ReceiptService, away).find()).state).toBe('well');
  });

  it('of SMS shows the address that an account of a provider is to be given for its reports', async () => {
    const [, address] = await findings('up', [true]).check();
    expect(address!.text).toContain(URL);
  });
});
