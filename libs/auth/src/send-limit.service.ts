import { Inject, Injectable, Logger } from '@nestjs/common';
import { AppError, Clock, Keyring, tooMany } from '@portillon/kernel';
import type { CodeAccepted, OtpChannel } from '@portillon/otp';
import { Hit, OverLimit, RateLimiterService } from '@portillon/rate-limit';
import { AUTH_OPTIONS } from './auth.options';
import type { ResolvedAuthOptions } from './auth.options';
import { sendLimitWords } from './send-limit.texts';
import {
  ALL_SMS,
  answeredHits,
  leavesOtherChannels,
  ONE_AT_A_TIME,
  PER_BLOCK,
  PER_EGRESS,
  PER_PREFIX,
  Sending,
  sendHits,
  SendLimit,
  smsBudget,
} from './send-limits';

const BUDGET_ALARM = 0.8;

/** A message that is to be counted. */
export interface Counting extends Sending {
  /** By which the person may have the same code. */
  otherChannels: readonly OtpChannel[];
}

/** The limits of messages: counted before a message is written, given back when it did not leave or its code is entered. */
@Injectable()
export class SendLimitService {
  readonly #logger = new Logger('SendLimits');
  #budgetAlarmed = false;

  constructor(
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /**
   * Counts the message against every limit, then runs `work`, the transaction that writes it. When `work` throws or
   * comes to nothing, no message leaves and the hits are given back.
   *
   * @throws AppError `attempts.exceeded`, `resend.too-soon`, and what `work` throws
   */
  async counted<Result>(counting: Counting, work: () => Promise<Result>): Promise<Result> {
    const hits = this.#hits(counting);
    const turn = this.#keyed(turnOf(counting));
    const over = await this.limiter.hit([...turn, ...hits]);
    if (over) throw this.#refusal(over, counting.otherChannels);
    let written: Result | undefined;
    try {
      written = await work();
      return written;
    } finally {
      if (written === undefined) await this.limiter.giveBack([...turn, ...hits]);
    }
  }

  /** The same may be asked for again: the message left, or will not. Never throws. */
  endTurn(sending: Sending, sentAt: Date): Promise<void> {
    return this.limiter.giveBack(this.#keyed(turnOf(sending)), sentAt);
  }

  /** A message that no provider took is no abuse, of whatever limit: an outage must not outlast its end. Never throws. */
  giveBackUnsent(sending: Sending, sentAt: Date): Promise<void> {
    return this.limiter.giveBack(this.#hits(sending), sentAt);
  }

  /** What {@link giveBack} needs to know of a message, for its challenge to keep. */
  receipt(sending: Sending): string {
    return this.#keyed(answeredHits(sending))
      .map(({ key }) => key)
      .join(' ');
  }

  /** An entered code takes its message's hits back. Once, after the commit that used it up. */
  async giveBack({ context: receipt, sentAt }: CodeAccepted): Promise<void> {
    const [block, prefix] = receipt?.split(' ') ?? [];
    const hits: Hit[] = [];
    // Counted on one of the two: its key says nothing to the other.
    if (block) hits.push({ limit: PER_BLOCK, key: block }, { limit: PER_EGRESS, key: block });
    if (prefix) hits.push({ limit: PER_PREFIX, key: prefix });
    await this.limiter.giveBack(hits, sentAt);
  }

  /** Warns the operator once each time the day's SMS pass 80 % of the budget (policy: SMS pumping). */
  async watchBudget(): Promise<void> {
    const alarm = smsBudget(Math.ceil(this.options.smsDailyBudget * BUDGET_ALARM));
    const over = await this.limiter.peek(this.#keyed([{ limit: alarm, key: ALL_SMS }]));
    if (over && !this.#budgetAlarmed) this.#logger.warn('sms budget: 80 % of SMS_DAILY_BUDGET has been used');
    this.#budgetAlarmed = Boolean(over);
  }

  #refusal({ limit, retryAt }: OverLimit, channels: readonly OtpChannel[]): AppError {
    const detail = `over ${limit.name}`;
    const now = this.clock.now();
    if (limit === ONE_AT_A_TIME) return tooMany('resend.too-soon', retryAt, now, detail);
    const { counted } = limit as SendLimit;
    const otherChannels = leavesOtherChannels(counted) ? channels : [];
    return tooMany('attempts.exceeded', retryAt, now, detail, {
      words: sendLimitWords(counted),
      data: { counted, otherChannels },
    });
  }

  #hits(sending: Sending): Hit[] {
    return this.#keyed(sendHits(sending, this.options.smsDailyBudget));
  }

  /** The counters hold no address and no number, only what they hash to under our key. */
  #keyed(hits: readonly Hit[]): Hit[] {
    return hits.map(({ limit, key }) => ({ limit, key: this.keyring.digest('limit', [key]) }));
  }
}

/** The browser by what it tells: a sign-in that begins has no cookie yet. */
function turnOf({ accountId, channel, client }: Sending): Hit[] {
  return [{ limit: ONE_AT_A_TIME, key: `${accountId} ${channel} ${client.address} ${client.userAgent}` }];
}
