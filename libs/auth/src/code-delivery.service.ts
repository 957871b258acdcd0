import { Inject, Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, maskEmail, maskPhone, tooMany } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { CodeIssue, OtpChallenge, OtpChannel, OtpPurpose, OtpRequest, OtpService } from '@portillon/otp';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { AUTH_OPTIONS } from './auth.options';
import type { ResolvedAuthOptions } from './auth.options';
import { codeMessage } from './code-message';
import { SignInPolicy } from './sign-in.policy';
import { SendLimitService } from './send-limit.service';

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

/** Who asks for a message, and whom it goes to. */
export type SendRequest = Omit<CodeRequest, 'binding'> & Partial<Pick<CodeRequest, 'binding'>>;

/** Which way it goes. */
type Sending<Request extends SendRequest> = Request & { channel: OtpChannel; destination: string };
type CodeSending = Sending<CodeRequest>;

/** A code that is written and not yet sent. */
export interface PendingCode {
  challenge: OtpChallenge;
  messageId: string;
  otherChannels: OtpChannel[];
}

/** Issues a code, writes its message, and sends it, within the limits of messages. */
@Injectable()
export class CodeDeliveryService {
  constructor(
    private readonly otp: OtpService,
    private readonly limits: SendLimitService,
    private readonly notifications: NotificationService,
    private readonly policy: SignInPolicy,
    private readonly audit: AuditService,
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
   * Counts the message against every limit, then runs `work`, the transaction that issues the code. When `work` throws
   * or comes to nothing, no message leaves and the hits are given back.
   *
   * @throws AppError `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, and what `work` throws
   */
  countedSend<Result>(request: SendRequest, work: () => Promise<Result>): Promise<Result> {
    const sending = this.#sending(request);
    return this.limits.counted({ ...sending, accountId: request.account.id }, work);
  }

  /**
   * Writes the code, its message and the journal's entry in the caller's transaction, inside {@link countedSend};
   * {@link deliver} sends it.
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
    if (pending.challenge.channel === 'SMS') await this.limits.watchBudget();
    if (delivery === 'SENT') return pending;
    await this.otp.allowResend(pending.challenge.id);
    const challenge = { ...pending.challenge, resendAvailableAt: this.clock.now() };
    throw new AppError('delivery.failed', 'upstream', {
      detail: `message ${pending.messageId}: ${delivery}`,
      data: { challenge: challengeView({ ...pending, challenge }) },
    });
  }

  #channel(request: SendRequest): OtpChannel {
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

  #sending<Request extends SendRequest>(request: Request): Sending<Request> {
    const channel = this.#channel(request);
    return { ...request, channel, destination: destinationOf(request, channel) };
  }

  async #issueChallenge(sending: CodeSending, tx: EntityManager) {
    const request = { ...otpRequest(sending), context: this.limits.receipt(sending) };
    const outcome = await this.otp.issue(request, tx);
    if (outcome.status === 'too-soon') throw tooMany('resend.too-soon', outcome.retryAt, this.clock.now());
    if (outcome.status === 'locked') throw codeLocked(outcome.retryAt, this.clock.now());
    return outcome;
  }

  /** Its message and its line in the journal. */
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
    return { challenge, messageId, otherChannels: this.#others(sending) };
  }

  #audit(sending: CodeSending, challenge: OtpChallenge, tx: EntityManager): Promise<void> {
    const { channel, client, account } = sending;
    const data = { purpose: sending.purpose, reference: challenge.reference };
    const event = { name: 'authn_code_sent', outcome: 'SUCCESS', channel, data } as const;
    return this.audit.record(audited(client, account, event), tx);
  }

  #others({ purpose, account, channel }: CodeSending): OtpChannel[] {
    if (purpose === 'phone-verification' || purpose === 'mail-change') return [];
    return this.channelsOf(account).filter((one) => one !== channel);
  }
}

function destinationOf(request: SendRequest, channel: OtpChannel): string {
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
