import { Inject, Injectable, Logger } from '@nestjs/common';
import { Account } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, Keyring, maskEmail, maskPhone, tooMany } from '@portillon/kernel';
import { Notifications } from '@portillon/notification';
import { CodeIssue, OtpChallenge, OtpChannel, OtpPurpose, OtpRequest, OtpService } from '@portillon/otp';
import { RateLimiterService } from '@portillon/rate-limit';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { AUTH_OPTIONS } from './auth.options';
import type { ResolvedAuthOptions } from './auth.options';
import { codeMessage } from './code-message';
import { SignInPolicy } from './sign-in.policy';
import { ALL_SMS, sendHits, smsBudget } from './send-limits';

export interface CodeRequest {
  purpose: OtpPurpose;
  /** The sign-in in progress or the session that asks: the code is good for it alone. */
  binding: string;
  account: Account;
  /** Nothing: the one the person prefers. */
  channel?: OtpChannel;
  /** For a mail change: the address that the code goes to and is to prove. */
  newEmail?: string;
  client: Client;
}

/** Which way it goes. */
interface CodeSending extends CodeRequest {
  channel: OtpChannel;
  destination: string;
}

/** A code that is written and not yet sent. */
export interface PendingCode {
  challenge: OtpChallenge;
  messageId: string;
  otherChannels: OtpChannel[];
}

const BUDGET_ALARM = 0.8;

/** Issues a code, counts it against every limit, writes its message, and sends it. */
@Injectable()
export class CodeDeliveryService {
  readonly #logger = new Logger('CodeSender');
  #budgetAlarmed = false;

  constructor(
    private readonly otp: OtpService,
    private readonly limiter: RateLimiterService,
    private readonly notifications: Notifications,
    private readonly policy: SignInPolicy,
    private readonly audit: AuditService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /** How this person may receive a code, the preferred way first. SMS only once proved and preferred. */
  channelsOf(account: Account): OtpChannel[] {
    const channels = this.policy.channels(account);
    const usable = channels.filter((channel) => channel === 'EMAIL' || this.notifications.available('SMS'));
    // Where mail is no longer a way and no SMS can leave, nothing is left: that is what the structure asked for.
    return usable.length > 0 ? usable : channels;
  }

  async countedSend<Result>(
    _request: Omit<CodeRequest, 'binding'>,
    work: () => Promise<Result>,
  ): Promise<Result> {
    return work();
  }

  /**
   * Writes the code, its message and the journal's entry in the caller's transaction; {@link deliver} sends it.
   *
   * @throws AppError `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `code.exhausted`
   */
  async issue(request: CodeRequest, tx: EntityManager): Promise<PendingCode> {
    const sending = this.#sending(request);
    return this.#write(sending, await this.#issueChallenge(sending, tx), tx);
  }

  /**
   * Sends what {@link issue} wrote, once its transaction is committed. Ends within 9 s.
   *
   * @throws AppError `delivery.failed`, with the challenge in its data, when nobody took the message in time.
   */
  async deliver(pending: PendingCode): Promise<PendingCode> {
    const delivery = await this.notifications.deliver(pending.messageId);
    if (pending.challenge.channel === 'SMS') await this.#watchBudget();
    if (delivery === 'SENT') return pending;
    await this.otp.allowResend(pending.challenge.id);
    const challenge = { ...pending.challenge, resendAvailableAt: this.clock.now() };
    throw new AppError('delivery.failed', 'upstream', {
      detail: `message ${pending.messageId}: ${delivery}`,
      data: { challenge: challengeView({ ...pending, challenge }) },
    });
  }

  #channel(request: CodeRequest): OtpChannel {
    if (request.purpose === 'phone-verification') return this.#proving(request.account);
    if (request.purpose === 'mail-change') return this.#offered('EMAIL');
    const allowed = this.channelsOf(request.account);
    const wanted = request.channel ?? allowed[0]!;
    if (!allowed.includes(wanted)) throw new AppError('channel.unavailable', 'conflict');
    return this.#offered(wanted);
  }

  #proving(account: Account): OtpChannel {
    if (!this.policy.allowsChannel(account, 'SMS')) throw new AppError('channel.unavailable', 'conflict');
    return this.#offered('SMS');
  }

  #offered(channel: OtpChannel): OtpChannel {
    if (!this.notifications.available(channel)) throw new AppError('channel.unavailable', 'conflict');
    return channel;
  }

  #sending(request: CodeRequest): CodeSending {
    const channel = this.#channel(request);
    return { ...request, channel, destination: destinationOf(request, channel) };
  }

  async #issueChallenge(sending: CodeSending, tx: EntityManager) {
    const outcome = await this.otp.issue(otpRequest(sending), tx);
    if (outcome.status === 'too-soon') throw tooMany('resend.too-soon', outcome.retryAt, this.clock.now());
    if (outcome.status === 'locked') throw codeLocked(outcome.retryAt, this.clock.now());
    return outcome;
  }

  /** Its message, its line in the journal, its counts. */
  async #write(
    sending: CodeSending,
    { challenge, code }: Extract<CodeIssue, { status: 'issued' }>,
    tx: EntityManager,
  ): Promise<PendingCode> {
    const { account, channel } = sending;
    const message = codeMessage({
      ...challenge,
      channel,
      to: sending.destination,
      code,
      locale: account.locale,
      serviceName: this.options.serviceName,
      host: new URL(this.options.publicUrl).hostname,
    });
    const messageId = await this.notifications.enqueue(
      message,
      { kind: `code.${sending.purpose}`, accountId: account.id, usefulUntil: challenge.expiresAt },
      tx,
    );
    await this.#audit(sending, challenge, tx);
    await this.#count(sending, tx);
    return { challenge, messageId, otherChannels: this.#others(sending) };
  }

  #audit(sending: CodeSending, challenge: OtpChallenge, tx: EntityManager): Promise<void> {
    const { channel, client, account } = sending;
    const data = { purpose: sending.purpose, reference: challenge.reference };
    const event = { name: 'authn_code_sent', outcome: 'SUCCESS', channel, data } as const;
    return this.audit.record(audited(client, account, event), tx);
  }

  /** The operator is told once each time the day's SMS pass 80 % of the budget (policy: SMS pumping). */
  async #watchBudget(): Promise<void> {
    const alarm = smsBudget(Math.ceil(this.options.smsDailyBudget * BUDGET_ALARM));
    const over = await this.limiter.peek([{ limit: alarm, key: this.#limitKey(ALL_SMS) }]);
    if (over && !this.#budgetAlarmed) this.#logger.warn('sms budget: 80 % of SMS_DAILY_BUDGET has been used');
    this.#budgetAlarmed = Boolean(over);
  }

  #limitKey(key: string): string {
    return this.keyring.digest('limit', [key]);
  }

  /** Counted last, so that the rows everybody shares are held for as short as can be. */
  async #count(sending: CodeSending, tx: EntityManager): Promise<void> {
    const hits = sendHits({ ...sending, accountId: sending.account.id }, this.options.smsDailyBudget);
    const over = await this.limiter.hit(
      hits.map((hit) => ({ ...hit, key: this.#limitKey(hit.key) })),
      tx,
    );
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }

  #others({ purpose, account, channel }: CodeSending): OtpChannel[] {
    if (purpose === 'phone-verification' || purpose === 'mail-change') return [];
    return this.channelsOf(account).filter((one) => one !== channel);
  }
}

function destinationOf(request: CodeRequest, channel: OtpChannel): string {
  if (channel === 'EMAIL') return request.newEmail ?? request.account.email;
  if (!request.account.phone) throw new AppError('phone.missing', 'conflict');
  return request.account.phone.number;
}

function otpRequest({ purpose, binding, account, channel, destination }: CodeSending): OtpRequest {
  const destinationHint = channel === 'SMS' ? maskPhone(destination) : maskEmail(destination);
  return { purpose, subjectId: account.id, binding, channel, destination, destinationHint };
}

/** The refusal while the code step of an account is locked: with a time, or until an administrator reopens it. */
export function codeLocked(retryAt: Date | null, now: Date): AppError {
  if (retryAt) return tooMany('attempts.exceeded', retryAt, now, 'code step locked');
  return new AppError('code.exhausted', 'unauthenticated', { detail: 'code step locked until reopened' });
}

/** A challenge as integrators and the page see it. */
export function challengeView(pending: Omit<PendingCode, 'messageId'>) {
  const { challenge } = pending;
  return {
    id: challenge.id,
    purpose: challenge.purpose,
    channel: challenge.channel,
    destination: challenge.destinationHint,
    reference: challenge.reference,
    sentAt: challenge.sentAt.toISOString(),
    expiresAt: challenge.expiresAt.toISOString(),
    resendAvailableAt: challenge.resendAvailableAt.toISOString(),
    attemptsLeft: challenge.attemptsLeft,
    codeLength: challenge.codeLength,
    otherChannels: pending.otherChannels,
  };
}
