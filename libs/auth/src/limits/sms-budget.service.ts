import { Inject, Injectable, Logger } from '@nestjs/common';
import { AccountCountsService } from '@portillon/account';
import { Clock, DAY, Keyring, addMilliseconds, Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { Hit, RateLimiterService } from '@portillon/rate-limit';
import { AUTH_OPTIONS } from '../auth.options';
import type { ResolvedAuthOptions } from '../auth.options';
import type { FullLimit, SendLimit } from './send-limits';

const ALARM = 0.8;
/** A forecast from less would be one of the first hour. */
const TELLING = 0.25;
/** The key under which every SMS counts. */
const ALL_SMS = 'all';

/** Applies the operator's daily budget of SMS, for all users, answered or not (policy: SMS pumping). */
@Injectable()
export class SmsBudgetService {
  readonly #logger = new Logger('SmsBudgetService');
  readonly #limit: SendLimit;
  #alarmed = false;
  #announced = false;

  constructor(
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) options: ResolvedAuthOptions,
  ) {
    this.#limit = { counted: 'sms-budget', name: 'send.sms.day', max: options.smsDailyBudget, windowMs: DAY };
  }

  /** The budget, once it is used up. Counts nothing. */
  async full(): Promise<FullLimit | undefined> {
    const { remaining, resetsAt } = await this.limiter.stateOf(this.#hit);
    if (remaining > 0) return undefined;
    return { limit: this.#limit, retryAt: resetsAt ?? addMilliseconds(this.clock.now(), DAY) };
  }

  /**
   * Counts an SMS that left, or may have left; an outage of the provider costs nothing. SMS already on their way may exceed
   * the budget. Warns the operator when the day's SMS pass 80 % of the budget. Also warns once when their rate would use it
   * up before the day ends.
   */
  async count(): Promise<void> {
    await this.limiter.consume(this.#hit);
    const { remaining, resetsAt } = await this.limiter.stateOf(this.#hit);
    const used = this.#limit.max - remaining;
    const isLow = used >= Math.ceil(this.#limit.max * ALARM);
    if (isLow && !this.#alarmed) this.#logger.warn('sms budget: 80 % of SMS_DAILY_BUDGET has been used');
    this.#alarmed = isLow;
    this.#forecast(used, resetsAt);
  }

  /** How much of the day's budget is used. */
  async state(): Promise<{ used: number; max: number }> {
    const { max } = this.#limit;
    return { used: max - (await this.limiter.stateOf(this.#hit)).remaining, max };
  }

  #forecast(used: number, resetsAt: Date | null): void {
    const usedUpAt = resetsAt && this.#usedUpAt(used, resetsAt);
    const isShort = usedUpAt !== null && usedUpAt < resetsAt!;
    if (isShort && !this.#announced)
      this.#logger.warn(`sms budget: at this pace SMS_DAILY_BUDGET is used up at ${usedUpAt.toISOString()}`);
    this.#announced = isShort;
  }

  /** When the budget runs out at the day's pace so far; null while too little is used to estimate it. */
  #usedUpAt(used: number, resetsAt: Date): Date | null {
    if (used < this.#limit.max * TELLING) return null;
    const begunAt = addMilliseconds(resetsAt, -this.#limit.windowMs);
    const elapsedMs = this.clock.now().getTime() - begunAt.getTime();
    return addMilliseconds(begunAt, (elapsedMs * this.#limit.max) / used);
  }

  get #hit(): Hit {
    return { limit: this.#limit, key: this.keyring.digest('limit', [ALL_SMS]) };
  }
}

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
