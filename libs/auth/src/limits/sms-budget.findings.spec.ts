import type { AccountCountsService } from '@portillon/account';
import type { NotificationService } from '@portillon/notification';
import type { ResolvedAuthOptions } from '../auth.options';
import { SmsBudgetFindings } from './sms-budget.findings';

function found(smsDailyBudget: number, recipients: number, isSmsOn = true) {
  const accounts = { countBySms: async () => recipients } as AccountCountsService;
  const notifications = { available: () => isSmsOn } as unknown as NotificationService;
  return new SmsBudgetFindings(accounts, notifications, { smsDailyBudget } as ResolvedAuthOptions).find();
}

describe('the budget of SMS', () => {
  it('is remarked on where it is less than the accounts that get codes by SMS', async () => {
    expect(await found(2_000, 120_000)).toMatchObject({
      state: 'remark',
      text: 'SMS_DAILY_BUDGET is 2000, and 120000 accounts get their codes by SMS',
    });
    expect(await found(2_000, 2_000)).toMatchObject({ state: 'well' });
  });

  it('is no matter where SMS is off', async () => {
    expect(await found(1, 2, false)).toMatchObject({ state: 'off' });
  });
});
