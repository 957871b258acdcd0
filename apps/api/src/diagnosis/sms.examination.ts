import type { INestApplicationContext } from '@nestjs/common';
import { CardlessAccountService } from '@portillon/account';
import { ReceiptService } from '@portillon/notification';
import type { Settings } from '../settings/settings';
import { doubtful, fine, Finding } from './finding';

/** What SMS need besides a provider that answers: a budget that lasts the day, and reports that come. */
export async function examineSms(app: INestApplicationContext, settings: Settings): Promise<Finding[]> {
  if (settings.sms.length === 0) return [];
  const recipients = await app.get(CardlessAccountService).countBySms();
  const addresses = app.get(ReceiptService).accountUrls;
  return [
    budgetFinding(settings.smsDailyBudget, recipients),
    ...addresses.map(({ provider, url }) =>
      fine('sms', `${provider}: the callback of its account, for reports, is ${url}`),
    ),
  ];
}

/** Everybody who gets codes by SMS may come in one day, and a code a day is what a remembered browser costs. */
function budgetFinding(budget: number, recipients: number): Finding {
  const compared = `SMS_DAILY_BUDGET is ${budget}, and ${recipients} accounts get their codes by SMS`;
  if (budget >= recipients) return fine('sms', compared);
  return doubtful(
    'sms',
    compared,
    'when it is used up they get them by mail: raise it, or let more use a mailbox',
  );
}
