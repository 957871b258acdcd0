import { Injectable, Logger } from '@nestjs/common';
import { AppError, Channel, Clock, Random, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { ChannelService } from './channels/channel.service';
import { outgoingChannel } from './channels/channels';
import { DeliveryService } from './delivery.service';
import { MessageSealService } from './message-seal.service';
import { OutgoingMessage } from './message.types';
import type { Message } from './message.types';
import type { NotificationEntity } from './notification.entity';
import { NotificationPolicy } from './notification.options';
import { NotificationRepository, ProviderReport } from './notification.repository';
import type { Delivery, DeliveryLogEntry, Enqueueing, QueuedMessage, Receipt } from './notification.types';
import { receiptOf } from './receipts/receipt.service';

const REPORT = /^[a-z-]{1,32}$/;
const KIND = /^[a-z0-9][a-z0-9.-]{0,63}$/;
const NEW = {
  settledAt: null,
  provider: null,
  reference: null,
  reason: null,
  report: null,
  reportedAt: null,
  answeredAt: null,
};

/** Sends mail and SMS at most once, and logs each result. */
@Injectable()
export class NotificationService {
  readonly #logger = new Logger(NotificationService.name);

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly seals: MessageSealService,
    private readonly channels: ChannelService,
    private readonly delivery: DeliveryService,
    private readonly policy: NotificationPolicy,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Puts a message into the outbox, in the caller's transaction. An immediate message is claimed by the caller, who
   * must {@link deliver} it after the commit; its content is not stored. A queued message is encrypted and waits for a
   * dispatcher.
   *
   * @throws AppError `channel.unavailable` when the channel is off
   * @throws AppError `validation.failed` when the address or the SMS is invalid
   */
  async enqueue(message: Message, enqueueing: Enqueueing, tx: EntityManager): Promise<OutgoingMessage> {
    const row = this.#row(message, enqueueing);
    await this.notifications.insert([row], tx);
    const own = row.state === 'SENDING' ? message : undefined;
    return new OutgoingMessage(row.id, row.expiresAt, own, enqueueing.replaces);
  }

  /**
   * Puts many messages into the queue, in one statement. Returns how many. Invalid ones, such as to a malformed
   * address, are logged and left out, so that one does not stop the others.
   */
  async enqueueAll(messages: readonly QueuedMessage[], tx: EntityManager): Promise<number> {
    const rows = messages.flatMap((one) => this.#rowIfSendable(one));
    if (rows.length > 0) await this.notifications.insert(rows, tx);
    return rows.length;
  }

  /**
   * Sends an immediate message within 9 s and returns the result. Call it after the commit of {@link enqueue}. Of
   * several concurrent calls one sends; the others get `UNCONFIRMED` for a message on its way.
   *
   * @throws AppError `internal` when there is no such message
   */
  async deliver(outgoing: OutgoingMessage): Promise<Delivery> {
    const { id, usefulUntil } = outgoing;
    const message = outgoing.take();
    if (!message) return this.#deliveryOf(id);
    const result = await this.delivery.give(message, { id, usefulUntil }, outgoing.replaces);
    await this.delivery.settle(id, result);
    return result.delivery;
  }

  /** Whether this message is claimed and not settled. */
  async isOnItsWay(id: string, tx?: EntityManager): Promise<boolean> {
    return (await this.notifications.findState(id, tx)) === 'SENDING';
  }

  /** Whether the channel is configured. */
  available(channel: Channel): boolean {
    return this.channels.available(channel);
  }

  /**
   * Stores a provider's report, after the caller has authenticated the provider. Returns whether the message is known.
   * `report` is a word of the provider's; other texts are not stored.
   */
  async recordReport(report: ProviderReport): Promise<boolean> {
    if (!REPORT.test(report.report)) return false;
    return (
      (await this.notifications.report(report, this.clock.now())) || this.notifications.isReported(report)
    );
  }

  /** Records that the code of the message was entered; providers of SMS are ranked by it. */
  recordAnswer(id: string, tx: EntityManager): Promise<void> {
    return this.notifications.markAnswered(id, this.clock.now(), tx);
  }

  /** Returns the state of this message; nothing when it is unknown. */
  async receiptOf(id: string): Promise<Receipt | undefined> {
    const found = await this.notifications.findReceipt(id);
    return found ? receiptOf(found) : undefined;
  }

  /** What was sent to a person and what became of it, newest first, at most `limit` entries; no content, no address. */
  deliveryLogOf(accountId: string, limit: number): Promise<DeliveryLogEntry[]> {
    return this.notifications.findLog(accountId, limit);
  }

  /** Deletes up to `batch` entries of the delivery log past their retention: how many. */
  purge(batch: number): Promise<number> {
    const { retentionMs } = this.policy.limits;
    return this.notifications.deleteMadeBefore(addMilliseconds(this.clock.now(), -retentionMs), batch);
  }

  async #deliveryOf(id: string): Promise<Delivery> {
    const state = await this.notifications.findState(id);
    if (!state) throw new AppError('internal', { detail: `no message ${id} in the outbox` });
    return state === 'SENT' || state === 'FAILED' ? state : 'UNCONFIRMED';
  }

  /** @throws AppError `channel.unavailable`, `validation.failed` */
  #row(message: Message, enqueueing: Enqueueing): NotificationEntity {
    const { kind, accountId, when = 'now', usefulUntil } = enqueueing;
    this.#refuseUnsendable(message, kind);
    const { usefulMs, usefulLaterMs } = this.policy.limits;
    const id = enqueueing.id ?? this.random.id();
    const createdAt = this.clock.now();
    return {
      ...NEW,
      ...(when === 'now' ? this.#claimed(id, message, createdAt) : this.#waiting(id, message, createdAt)),
      ...(when === 'bulk' && { state: 'QUEUED' }),
      id,
      kind,
      accountId,
      channel: message.channel,
      expiresAt: usefulUntil ?? addMilliseconds(createdAt, when === 'now' ? usefulMs : usefulLaterMs),
      createdAt,
    };
  }

  /** As a claim leaves it, by the call that writes it. */
  #claimed(id: string, message: Message, now: Date) {
    const dueAt = addMilliseconds(now, this.policy.limits.claimMs);
    const claim = { state: 'SENDING', rounds: 1, claimedBy: id, dueAt } as const;
    return { ...this.seals.address(message), ...claim, payload: null };
  }

  #waiting(id: string, message: Message, now: Date) {
    const waiting = { state: 'PENDING', rounds: 0, claimedBy: null, dueAt: now } as const;
    return { ...this.seals.address(message), ...waiting, payload: this.seals.seal(id, message) };
  }

  #refuseUnsendable(message: Message, kind: string): void {
    if (!KIND.test(kind)) throw new AppError('internal', { detail: 'kind of message malformed' });
    if (!this.available(message.channel)) throw new AppError('channel.unavailable');
    outgoingChannel(message.channel).assertSendable(message);
  }

  #rowIfSendable({ message, ...enqueueing }: QueuedMessage): NotificationEntity[] {
    try {
      return [this.#row(message, enqueueing)];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#logger.warn(`${enqueueing.kind} not sent: ${error.code}`);
      return [];
    }
  }
}
