import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { addMilliseconds, Channel, Clock, DAY, reachesPhone, tooMany } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { UnansweredCode, UnansweredCodeService } from '@portillon/otp';
import { LimitMetrics } from '@portillon/rate-limit';
import type { CountedLimit, LimitCounts, LimitSubject } from '@portillon/rate-limit';
import type { EntityManager } from 'typeorm';
import { CodePurposeRegistry } from '../code/code-purpose.registry';
import {
  sendLimitWords,
  AT_ONCE_MS,
  CodeCount,
  codesOfSubject,
  CountedMessage,
  countsOf,
  countsOfSubject,
  FullLimit,
  leavesOtherChannels,
  numberPrefix,
  PER_ACCOUNT,
  PER_DESTINATION,
  SendLimit,
} from './send-limits';
import { SmsBudgetService } from './sms-budget.service';

/** A message that is to be counted. */
export interface Counting extends CountedMessage {
  /** The channels by which the user may get the same code. */
  otherChannels: readonly Channel[];
  /** Whether the caller's transaction holds the account's row. */
  isHeld?: boolean;
}

/**
 * Applies the limits of messages, and lists and clears their counts for the operator. A code counts until it is entered. A
 * message that did not leave does not count.
 */
@Injectable()
export class SendLimitService implements LimitCounts {
  constructor(
    private readonly accounts: AccountService,
    private readonly codes: UnansweredCodeService,
    private readonly notifications: NotificationService,
    private readonly purposes: CodePurposeRegistry,
    private readonly budget: SmsBudgetService,
    private readonly metrics: LimitMetrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks the SMS budget, which has its own unit, before the transaction that {@link require} is in.
   * @throws AppError `attempts.exceeded`
   */
  async requireBudget(
    { channel }: Pick<CountedMessage, 'channel'>,
    others: readonly Channel[],
  ): Promise<void> {
    const full = reachesPhone(channel) ? await this.budget.full() : undefined;
    if (full) this.#refuse(full, others);
  }

  /**
   * Whether mail is allowed despite the structure's preference: `channels` has SMS only, and the day's SMS are used up.
   * Call it before a transaction, like {@link requireBudget}.
   */
  async opensMail(channels: readonly Channel[]): Promise<boolean> {
    const isSmsAlone = channels.length > 0 && !channels.includes('EMAIL');
    return isSmsAlone && (await this.budget.full()) !== undefined;
  }

  /** The message left, or may have. */
  async countSent({ channel }: Pick<CountedMessage, 'channel'>): Promise<void> {
    if (reachesPhone(channel)) await this.budget.count();
  }

  /**
   * Checks that every limit allows one more code, in the transaction that writes it. The caller holds the account's row, so
   * that each request sees the previous one. For an address block or a number prefix, uncommitted codes of other accounts
   * are not seen.
   *
   * @throws AppError `attempts.exceeded`, `resend.too-soon`
   */
  async require(counting: Counting, tx: EntityManager): Promise<void> {
    const { accountId, otherChannels, isHeld } = counting;
    if (!isHeld) await this.accounts.lockRow(accountId, tx);
    const own = await this.codes.list(
      { subjectId: accountId },
      this.#since(PER_ACCOUNT),
      PER_ACCOUNT.max,
      tx,
    );
    await this.#requireLeft(counting, own, tx);
    const counts = countsOf(counting, this.purposes.proofs);
    const full = [...this.#fullOfAccount(counting, own), ...(await this.#fullAmongOthers(counts, tx))];
    const [longest] = full.sort((one, other) => other.retryAt.getTime() - one.retryAt.getTime());
    if (longest) this.#refuse(longest, otherChannels);
  }

  /** Returns the sign-in codes of these accounts that count, newest first. One statement. */
  ofPeople(accountIds: readonly string[]): Promise<Map<string, UnansweredCode[]>> {
    return this.codes.listAll(accountIds, this.#since(PER_ACCOUNT));
  }

  /**
   * Returns the limit that would stop a sign-in code to this recipient from an unused network. Counts nothing. `own`: the
   * result of {@link ofPeople}.
   */
  async full(
    place: Pick<CountedMessage, 'channel' | 'destination' | 'accountId'>,
    own: readonly UnansweredCode[],
  ): Promise<FullLimit | undefined> {
    const [full] = this.#fullOfAccount({ ...place, isProof: false }, own);
    return full ?? (reachesPhone(place.channel) ? this.#fullOfSms(place) : undefined);
  }

  async list(subject: LimitSubject): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const { limit, by } of countsOfSubject(subject, this.purposes.proofs)) {
      const codes = await this.codes.list(by, this.#since(limit), limit.max);
      counted.push(...this.#counted(subject, limit, codes));
    }
    return subject.kind === 'account' ? [...counted, ...(await this.#listOfAccount(subject))] : counted;
  }

  async clear(subject: LimitSubject): Promise<void> {
    const since = addMilliseconds(this.clock.now(), -DAY);
    for (const by of codesOfSubject(subject)) await this.codes.uncount(by, since);
  }

  /** `channels`: by which they may have the same code. @throws AppError `attempts.exceeded` */
  #refuse({ limit, retryAt }: FullLimit, channels: readonly Channel[]): never {
    const { counted, name } = limit;
    this.metrics.refused(limit);
    const otherChannels = leavesOtherChannels(counted) ? channels : [];
    throw tooMany('attempts.exceeded', retryAt, this.clock.now(), `over ${name}`, {
      words: sendLimitWords(counted),
      data: { counted, otherChannels },
    });
  }

  async #listOfAccount(subject: LimitSubject): Promise<CountedLimit[]> {
    const codes = await this.codes.list(
      { subjectId: subject.value },
      this.#since(PER_ACCOUNT),
      PER_ACCOUNT.max,
    );
    const own = codes.filter(({ purpose }) => !this.purposes.proves(purpose));
    const destinations = [...new Set(own.map(({ destinationDigest }) => destinationDigest))];
    const ofDestinations = destinations.flatMap((digest) => {
      const there = own.filter(({ destinationDigest }) => destinationDigest === digest);
      return PER_DESTINATION.flatMap((limit) => this.#counted(subject, limit, there));
    });
    return [...this.#counted(subject, PER_ACCOUNT, codes), ...ofDestinations];
  }

  /** `codes`: newest first. Nothing where none counts. */
  #counted(subject: LimitSubject, limit: SendLimit, codes: readonly UnansweredCode[]): CountedLimit[] {
    const { name, max, windowMs } = limit;
    const counted = codes.filter(({ sentAt }) => sentAt > this.#since(limit)).slice(0, max);
    const oldest = counted.at(-1);
    if (!oldest) return [];
    return [
      {
        ...subject,
        limit: name,
        hits: counted.length,
        max,
        endsAt: addMilliseconds(oldest.sentAt, windowMs),
      },
    ];
  }

  async #fullOfSms({ destination, accountId }: Pick<CountedMessage, 'destination' | 'accountId'>) {
    const budget = await this.budget.full();
    if (budget) return budget;
    const subjects: LimitSubject[] = [
      { kind: 'number-prefix', value: numberPrefix(destination) },
      { kind: 'account', value: accountId },
    ];
    const counts = subjects.flatMap((subject) => countsOfSubject(subject, []));
    const [full] = await this.#fullAmongOthers(counts);
    return full;
  }

  /** @throws AppError `resend.too-soon` while a code by the same channel is on its way */
  async #requireLeft(
    { channel }: Counting,
    own: readonly UnansweredCode[],
    tx: EntityManager,
  ): Promise<void> {
    const now = this.clock.now();
    const latest = own.find((code) => code.channel === channel);
    if (!latest || latest.sentAt <= addMilliseconds(now, -AT_ONCE_MS)) return;
    // A message has the id of its code.
    if (await this.notifications.isOnItsWay(latest.id, tx))
      throw tooMany(
        'resend.too-soon',
        addMilliseconds(latest.sentAt, AT_ONCE_MS),
        now,
        'a code is on its way',
      );
  }

  #fullOfAccount(
    { channel, destination, isProof }: Pick<Counting, 'channel' | 'destination' | 'isProof'>,
    own: readonly UnansweredCode[],
  ): FullLimit[] {
    const there = own.filter(
      (code) => !this.purposes.proves(code.purpose) && this.codes.isSentTo(code, channel, destination),
    );
    const ofDestination = isProof ? [] : PER_DESTINATION.flatMap((limit) => this.#fullAmong(limit, there));
    return [...this.#fullAmong(PER_ACCOUNT, own), ...ofDestination];
  }

  /** `codes`: newest first. */
  #fullAmong(limit: SendLimit, codes: readonly UnansweredCode[]): FullLimit[] {
    const code = codes[limit.max - 1];
    if (!code || code.sentAt <= this.#since(limit)) return [];
    return [fullUntil(limit, code.sentAt)];
  }

  async #fullAmongOthers(counts: readonly CodeCount[], tx?: EntityManager): Promise<FullLimit[]> {
    const full: FullLimit[] = [];
    for (const { limit, by } of counts) {
      const sentAt = await this.codes.sentAtPlace(by, this.#since(limit), limit.max, tx);
      if (sentAt) full.push(fullUntil(limit, sentAt));
    }
    return full;
  }

  #since({ windowMs }: SendLimit): Date {
    return addMilliseconds(this.clock.now(), -windowMs);
  }
}

/** Until the code that fills it is too old to count. */
function fullUntil(limit: SendLimit, sentAt: Date): FullLimit {
  return { limit, retryAt: addMilliseconds(sentAt, limit.windowMs) };
}
