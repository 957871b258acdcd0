import type { INestApplicationContext } from '@nestjs/common';
import { CardlessAccountService } from '@portillon/account';
import type { Settings, SmsProviderSettings } from '../settings/settings';
import { examineSms } from './sms.examination';

const URL = 'https://portillon.example/api/delivery-reports/ovh?mac=k1.x';

function examined(smsDailyBudget: number, recipients: number, sms = [{} as SmsProviderSettings]) {
  const accounts = { countBySms: async () => recipients };
  const receipts = { accountUrls: [{ provider: 'ovh', url: URL }] };
  const app = { get: (type: unknown) => (type === CardlessAccountService ? accounts : receipts) };
  return examineSms(app as unknown as INestApplicationContext, { sms, smsDailyBudget } as Settings);
}

describe('the doctor, of SMS', () => {
  it('warns where the budget of a day is less than the accounts that get codes by SMS', async () => {
    const [short, enough] = [(await examined(2_000, 120_000))[0], (await examined(2_000, 2_000))[0]];
    expect(short).toMatchObject({ well: true, isWarning: true });
    expect(short!.text).toBe('SMS_DAILY_BUDGET is 2000, and 120000 accounts get their codes by SMS');
    expect(enough).not.toHaveProperty('isWarning');
  });

  it('shows the address that an account of a provider is to be given for its reports', async () => {
    expect((await examined(1, 1))[1]!.text).toContain(URL);
  });

  it('says nothing more where SMS is off', async () => {
    expect(await examined(1, 2, [])).toEqual([]);
  });
});
