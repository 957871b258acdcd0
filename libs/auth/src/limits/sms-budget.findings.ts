import { Inject, Injectable } from '@nestjs/common';
import { AccountCountsService } from '@portillon/account';
import { Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { AUTH_OPTIONS } from '../auth.options';
import type { ResolvedAuthOptions } from '../auth.options';

/** Checks that the budget lasts the day for all users who get codes by SMS: a remembered browser needs one code a day. */
@Injectable()
export class SmsBudgetFindings implements FindingSource {
  readonly subject = 'sms-budget';

  constructor(
    private readonly accounts: AccountCountsService,
    private readonly notifications: NotificationService,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  async find(): Promise<Finding> {
    if (!this.notifications.available('SMS')) return NOT_SET;
    const recipients = await this.accounts.countBySms();
    const budget = this.options.smsDailyBudget;
    const text = `SMS_DAILY_BUDGET is ${budget}, and ${recipients} accounts get their codes by SMS`;
    if (budget >= recipients) return { state: 'well', text };
    const advice = 'when it is used up they get them by mail: raise it, or let more use a mailbox';
    return { state: 'remark', text, advice };
  }
}
