import { SmsFindings } from '../sms/sms.findings';
import type { ReceiptService } from '../receipts/receipt.service';
import type { ChannelHealthService } from './channel-health.service';
import type { ChannelHealth } from './channel-health.types';

const URL = 'https://portillon.example/api/delivery-reports/ovh?mac=k1.x';

function findings(status: ChannelHealth['status'], ups: readonly boolean[]) {
  const providers = ups.map((up, index) => ({ provider: `provider ${index}`, up, latencyMs: null }));
  const health = [{ channel: 'SMS', status, latencyMs: null, providers }];
  const receipts = { accountUrls: [{ provider: 'ovh', url: URL }] };
  return new SmsFindings(
    { health: async () => health } as unknown as ChannelHealthService,
    receipts as ReceiptService,
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

  it('of SMS shows the address that an account of a provider is to be given for its reports', async () => {
    const [, address] = await findings('up', [true]).check();
    expect(address!.text).toContain(URL);
  });
});
