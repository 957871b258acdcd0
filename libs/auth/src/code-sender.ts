import { Inject, Injectable, Logger } from '@nestjs/common';
import { Account } from '@portillon/account';
import { Audit } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, Keyring, maskEmail, maskPhone, tooMany } from '@portillon/kernel';
import { Notifications } from '@portillon/notification';
import { Challenge, Otp, OtpChannel, OtpPurpose } from '@portillon/otp';
import { Statements } from '@portillon/persistence';
import { RateLimiter } from '@portillon/rate-limit';
import { audited } from './audit-context';
import { AUTH_OPTIONS } from './auth-options';
import type { ResolvedAuthOptions } from './auth-options';
import { codeMessage } from './code-message';
import { SignInPolicy } from './sign-in-policy';
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

/** A code that is written and not yet sent. */
export interface PendingCode {
  challenge: Challenge;
  messageId: string;
  otherChannels: OtpChannel[];
}

const BUDGET_ALARM = 0.8;

/** Issues a code, counts it against every limit, writes its message, and sends it. */
@Injectable()
export class CodeSender {
  readonly #logger = new Logger('CodeSender');
  #budgetAlarmed = false;

  constructor(
    private readonly otp: Otp,
    private readonly limiter: RateLimiter,
    private readonly notifications: Notifications,
    private readonly policy: SignInPolicy,
    private readonly audit: Audit,
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

  /**
   * Writes the code, its message and the journal's entry in the caller's transaction; {@link deliver} sends it.
   *
   * @throws AppError `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `code.exhausted`
   */
  async issue(request: CodeRequest, tx: Statements): Promise<PendingCode> {
    const channel = this.#channel(request);
    const destination = this.#destination(request, channel);
    const issued = await this.#issueChallenge(request, channel, destination, tx);
    const message = codeMessage({
      ...issued.challenge,
      channel,
      to: destination,
      code: issued.code,
      locale: request.account.locale,
      serviceName: this.options.serviceName,
      host: new URL(this.options.publicUrl).hostname,
    });
    const kind = `code.${request.purpose}`;
    const [messageId] = await Promise.all([
      this.notifications.enqueue(message, { kind, accountId: request.account.id }, tx),
      this.#audit(request, channel, issued.challenge, tx),
      this.#count(request, channel, destination, tx),
    ]);
    return { challenge: issued.challenge, messageId, otherChannels: this.#others(request, channel) };
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

  #destination(request: CodeRequest, channel: OtpChannel): string {
    if (channel === 'EMAIL') return request.newEmail ?? request.account.email;
    if (!request.account.phone) throw new AppError('phone.missing', 'conflict');
    return request.account.phone.number;
  }

  async #issueChallenge(request: CodeRequest, channel: OtpChannel, destination: string, tx: Statements) {
    const outcome = await this.otp.issue(
      {
        purpose: request.purpose,
        subjectId: request.account.id,
        binding: request.binding,
        channel,
        destination,
        destinationHint: channel === 'SMS' ? maskPhone(destination) : maskEmail(destination),
      },
      tx,
    );
    if (outcome.status === 'too-soon') throw tooMany('resend.too-soon', outcome.retryAt, this.clock.now());
    if (outcome.status === 'locked') throw codeLocked(outcome.retryAt, this.clock.now());
    return outcome;
  }

  #audit(request: CodeRequest, channel: OtpChannel, challenge: Challenge, tx: Statements): Promise<void> {
    const data = { purpose: request.purpose, reference: challenge.reference };
    const event = { name: 'authn_code_sent', outcome: 'SUCCESS', channel, data } as const;
    return this.audit.record(audited(request.client, request.account, event), tx);
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
  async #count(
    request: CodeRequest,
    channel: OtpChannel,
    destination: string,
    tx: Statements,
  ): Promise<void> {
    const sending = { channel, destination, accountId: request.account.id, client: request.client };
    const hits = sendHits(sending, this.options.smsDailyBudget);
    const over = await this.limiter.hit(
      hits.map((hit) => ({ ...hit, key: this.#limitKey(hit.key) })),
      tx,
    );
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }

  #others(request: CodeRequest, channel: OtpChannel): OtpChannel[] {
    if (request.purpose === 'phone-verification' || request.purpose === 'mail-change') return [];
    return this.channelsOf(request.account).filter((one) => one !== channel);
  }
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
