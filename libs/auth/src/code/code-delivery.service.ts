import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { AppError, Clock, isAmong, maskEmail, maskPhone, reachesPhone, tooMany } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { CodeIssue, OtpChallenge, OtpRequest, OtpService } from '@portillon/otp';
import type { EntityManager } from 'typeorm';
import { audited } from '@portillon/access';
import { challengeView } from './challenge.dto';
import { CodeDestinationService } from './code-destination.service';
import type { CodeRequest, DeliveredCode, PendingCode, Sending, SendRequest } from './code-delivery.types';
import { CodeMessageService } from './code-message.service';
import { codeLocked } from './code-refusal';
import { SendLimitService } from '../limits/send-limit.service';
import { countedUnder, Sending as LimitedSending } from '../limits/send-limits';

/** Issues a code, writes its message and sends it, within the limits of messages. */
@Injectable()
export class CodeDeliveryService {
  constructor(
    private readonly otp: OtpService,
    private readonly limits: SendLimitService,
    private readonly notifications: NotificationService,
    private readonly destinations: CodeDestinationService,
    private readonly messages: CodeMessageService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

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
    const mailToo = await this.limits.opensMail(this.destinations.allowed(asked));
    const request = { ...asked, mailToo };
    const sending = this.destinations.choose(request);
    try {
      await this.limits.requireBudget(sending, this.destinations.others(sending));
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
    const sending = this.destinations.choose(request);
    const otherChannels = this.destinations.others(sending);
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

  async #refuseUnsent(pending: PendingCode): Promise<never> {
    await this.otp.allowResend(pending.challenge.id);
    const challenge = { ...pending.challenge, resendAvailableAt: this.clock.now() };
    throw new AppError('delivery.failed', {
      detail: `message ${pending.message.id} did not leave`,
      data: { challenge: challengeView({ ...pending, challenge, delivery: 'failed' }) },
    });
  }

  #limited(sending: Sending<SendRequest>): LimitedSending {
    const { purpose, channel, destination, account, client } = sending;
    const isProof = this.destinations.proves(purpose);
    return { channel, destination, accountId: account.id, client, isProof, ...egressOf(sending) };
  }

  async #issueChallenge(sending: Sending<CodeRequest>, tx: EntityManager) {
    const counted = countedUnder(this.#limited(sending));
    const outcome = await this.otp.issue({ ...otpRequest(sending), ...counted }, tx);
    if (outcome.status === 'too-soon') throw tooMany('resend.too-soon', outcome.retryAt, this.clock.now());
    if (outcome.status === 'locked') throw codeLocked(outcome.retryAt, this.clock.now());
    return outcome;
  }

  /** Writes the code's message and its journal entry. */
  async #write(
    sending: Sending<CodeRequest>,
    { challenge, code, replaces }: Extract<CodeIssue, { status: 'issued' }>,
    tx: EntityManager,
  ): Promise<PendingCode> {
    const message = await this.notifications.enqueue(
      this.messages.write(sending, challenge, code),
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
    const otherChannels = this.destinations.others(sending);
    return { challenge, message, otherChannels };
  }

  #audit(sending: Sending<CodeRequest>, challenge: OtpChallenge, tx: EntityManager): Promise<void> {
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

function otpRequest(sending: Sending<CodeRequest>): OtpRequest {
  const { purpose, binding, begins: isFirst, account, channel, destination } = sending;
  const destinationHint = (reachesPhone(channel) ? maskPhone : maskEmail)(destination);
  return { purpose, subjectId: account.id, binding, isFirst, channel, destination, destinationHint };
}
