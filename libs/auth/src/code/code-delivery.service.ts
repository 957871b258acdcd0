import type { SendRequest, CodeRequest, AddressedRequest, PendingCode, DeliveredCode } from './code.types';
import { Inject, Injectable } from '@nestjs/common';
import {
  ACCESS_OPTIONS,
  audited,
  ChannelPolicy,
  CodeChannelService,
  type ResolvedAccessOptions,
} from '@portillon/access';
import { AuditService } from '@portillon/audit';
import {
  AppError,
  Clock,
  isAmong,
  maskEmail,
  maskPhone,
  reachesPhone,
  tooMany,
  type Channel,
} from '@portillon/kernel';
import { Message, NotificationService, Receipt } from '@portillon/notification';
import { CodeIssue, OtpChallenge, OtpPurpose, OtpRequest, OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { AUTH_OPTIONS, type ResolvedAuthOptions } from '../auth.options';
import { SendLimitService } from '../limits/send-limit.service';
import { countedUnder, CountedMessage } from '../limits/send-limits';
import { challengeView } from './challenge.dto';
import { codeLocked } from './code-check.service';
import { codeMessage } from './code-message';
import { CodePurposeRegistry } from './code-purpose.registry';

const UNKNOWN: Receipt = { delivery: 'unconfirmed', at: null };

/**
 * Issues a code, writes its message and sends it, within the limits of messages. The recipient gets it by the requested
 * channel, when the account may use it and it is available.
 */
@Injectable()
export class CodeDeliveryService {
  constructor(
    private readonly transactions: Transactions,
    private readonly otp: OtpService,
    private readonly limits: SendLimitService,
    private readonly notifications: NotificationService,
    private readonly policy: ChannelPolicy,
    private readonly channels: CodeChannelService,
    private readonly purposes: CodePurposeRegistry,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
    @Inject(ACCESS_OPTIONS) private readonly access: ResolvedAccessOptions,
  ) {}

  /**
   * Writes a code in a separate transaction, and sends it.
   *
   * @throws AppError as {@link countedSend}, {@link issue} and {@link deliver}
   */
  async send(request: CodeRequest): Promise<DeliveredCode> {
    const pending = await this.countedSend(request, (counted) =>
      this.transactions.run((tx) => this.issue(counted, tx)),
    );
    return this.deliver(pending);
  }

  /**
   * Runs `work`, the transaction that issues the requested code, within the limits of messages. When the request names no
   * channel and the preferred one is over its limit, runs `work` again with another channel of the account holder.
   *
   * @throws AppError `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, and the errors of `work`
   */
  async countedSend<Request extends SendRequest, Result>(
    asked: Request,
    work: (request: Request) => Promise<Result>,
  ): Promise<Result> {
    const mailToo = await this.limits.opensMail(this.#allowed(asked));
    const request = { ...asked, mailToo };
    const sending = this.#address(request);
    try {
      await this.limits.requireBudget(sending, this.#otherChannels(sending));
      return await work(request);
    } catch (error) {
      // A stranger can use up the limits of SMS. This must not keep out a user who also has a mailbox.
      const channel = openChannelOf(error);
      if (request.channel || !channel) throw error;
      return this.countedSend({ ...asked, channel }, work);
    }
  }

  /**
   * Writes the code, its message and the journal entry in the caller's transaction. Call it inside {@link countedSend},
   * when every limit allows it; {@link deliver} then sends the message.
   *
   * @throws AppError `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `code.exhausted`
   */
  async issue(request: CodeRequest, tx: EntityManager): Promise<PendingCode> {
    const sending = this.#address(request);
    const otherChannels = this.#otherChannels(sending);
    await this.limits.require({ ...this.#limited(sending), otherChannels, isHeld: request.begins }, tx);
    return this.#write(sending, await this.#issueChallenge(sending, tx), tx);
  }

  /**
   * Sends the message of {@link issue} after its transaction is committed. Ends within 9 s. A message that may have left
   * counts as sent: its code is valid, and the next message must wait.
   *
   * @throws AppError `delivery.failed`, with the challenge in its data, when the message certainly did not leave.
   */
  async deliver(pending: PendingCode): Promise<DeliveredCode> {
    const delivery = await this.notifications.deliver(pending.message);
    if (delivery === 'FAILED') return this.#refuseUnsent(pending);
    await this.limits.countSent(pending.challenge);
    return { ...pending, delivery: delivery === 'SENT' ? 'sent' : 'unconfirmed' };
  }

  /** The delivery state of the latest code's message, which has the id of its challenge. */
  async receipt(purpose: OtpPurpose, binding: string): Promise<Receipt> {
    const id = await this.otp.latestId(purpose, binding);
    return (id && (await this.notifications.receiptOf(id))) || UNKNOWN;
  }

  async #refuseUnsent(pending: PendingCode): Promise<never> {
    await this.otp.allowResend(pending.challenge.id);
    const challenge = { ...pending.challenge, resendAvailableAt: this.clock.now() };
    throw new AppError('delivery.failed', {
      detail: `message ${pending.message.id} did not leave`,
      data: { challenge: challengeView({ ...pending, challenge, delivery: 'failed' }) },
    });
  }

  /** @throws AppError `channel.unavailable`, `phone.missing` */
  #address<Request extends SendRequest>(request: Request): AddressedRequest<Request> {
    const channel = this.#channel(request);
    return { ...request, channel, destination: destinationOf(request, channel) };
  }

  /** An address can always be proved; a number only where codes by SMS are allowed. */
  #channel(request: SendRequest): Channel {
    const { proves } = this.purposes.get(request.purpose);
    const mayProve = (one: Channel) => !reachesPhone(one) || this.policy.allows(request.account, one);
    const allowed = proves ? [proves].filter(mayProve) : this.#allowed(request);
    const asked = proves ?? request.channel;
    const wanted = asked ?? allowed.find((one) => this.notifications.available(one)) ?? allowed[0]!;
    if (!allowed.includes(wanted) || !this.notifications.available(wanted))
      throw new AppError('channel.unavailable');
    return wanted;
  }

  /** The channels by which the account holder may get this code, the preferred one first. */
  #allowed({ purpose, account, mailToo }: SendRequest): Channel[] {
    const channels = this.channels.of(account, purpose);
    return mailToo ? [...channels, 'EMAIL'] : channels;
  }

  #otherChannels(sending: AddressedRequest<SendRequest>): Channel[] {
    if (this.purposes.proves(sending.purpose)) return [];
    return this.#allowed(sending).filter((one) => one !== sending.channel);
  }

  #limited(sending: AddressedRequest<SendRequest>): CountedMessage {
    const { purpose, channel, destination, account, client } = sending;
    const isProof = this.purposes.proves(purpose);
    return { channel, destination, accountId: account.id, client, isProof, ...egressOf(sending) };
  }

  async #issueChallenge(sending: AddressedRequest<CodeRequest>, tx: EntityManager) {
    const counted = countedUnder(this.#limited(sending));
    const outcome = await this.otp.issue({ ...otpRequest(sending), ...counted }, tx);
    if (outcome.status === 'too-soon') throw tooMany('resend.too-soon', outcome.retryAt, this.clock.now());
    if (outcome.status === 'locked') throw codeLocked(outcome.retryAt, this.clock.now());
    return outcome;
  }

  /** Writes the code's message and its journal entry. */
  async #write(
    sending: AddressedRequest<CodeRequest>,
    { challenge, code, replaces }: Extract<CodeIssue, { status: 'issued' }>,
    tx: EntityManager,
  ): Promise<PendingCode> {
    const message = await this.notifications.enqueue(
      this.#message(sending, challenge, code),
      {
        id: challenge.id,
        replaces,
        kind: `code.${sending.purpose}`,
        accountId: sending.account.id,
        usefulUntil: challenge.expiresAt,
      },
      tx,
    );
    await this.#audit(sending, challenge, tx);
    const otherChannels = this.#otherChannels(sending);
    return { challenge, message, otherChannels };
  }

  /** With the texts of the library that defines the purpose. */
  #message(sending: AddressedRequest<CodeRequest>, challenge: OtpChallenge, code: string): Message {
    const { locale, branding } = sending.account;
    return codeMessage({
      ...challenge,
      channel: sending.channel,
      to: sending.destination,
      code,
      locale,
      texts: this.purposes.get(sending.purpose).texts[locale],
      serviceName: this.options.serviceName,
      organisation: branding?.name,
      accent: branding?.accent,
      host: new URL(this.access.publicUrl).hostname,
    });
  }

  #audit(sending: AddressedRequest<CodeRequest>, challenge: OtpChallenge, tx: EntityManager): Promise<void> {
    const { channel, client, account } = sending;
    const data = { purpose: sending.purpose, reference: challenge.reference };
    const event = { name: 'authn_code_sent', outcome: 'SUCCESS', channel, data } as const;
    return this.audit.record(audited(client, account, event), tx);
  }
}

/** Returns the other channel that the error of a limit offers for this message. */
function openChannelOf(error: unknown): Channel | undefined {
  if (!(error instanceof AppError) || !error.data['counted']) return undefined;
  return (error.data['otherChannels'] as Channel[])[0];
}

/** The account holder's structure, when the client uses one of that structure's addresses. */
function egressOf({ account, client }: SendRequest): { egressOf?: string } {
  const { structure, policy } = account;
  return structure && isAmong(client.address, policy.egressAddresses) ? { egressOf: structure.id } : {};
}

function otpRequest(sending: AddressedRequest<CodeRequest>): OtpRequest {
  const { purpose, binding, begins: isFirst, account, channel, destination } = sending;
  const destinationHint = (reachesPhone(channel) ? maskPhone : maskEmail)(destination);
  return { purpose, subjectId: account.id, binding, isFirst, channel, destination, destinationHint };
}

function destinationOf(request: SendRequest, channel: Channel): string {
  if (!reachesPhone(channel)) return request.newEmail ?? request.account.email;
  if (!request.account.phone) throw new AppError('phone.missing');
  return request.account.phone.number;
}
