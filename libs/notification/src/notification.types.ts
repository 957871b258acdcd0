import type { Channel } from '@portillon/kernel';
import type { Message } from './message.types';

/** Result of a message: it left; it was refused everywhere; it may have left, and no answer confirms it. */
export type Delivery = 'SENT' | 'FAILED' | 'UNCONFIRMED';

/** `PENDING`: a dispatcher takes it when it is due. `QUEUED`: it waits for its turn in the bulk lane. `SENDING`: claimed. */
export type NotificationState = Delivery | 'PENDING' | 'QUEUED' | 'SENDING';

export interface Enqueueing {
  /**
   * Id of the message (a UUIDv7), where its content has a unique one. {@link NotificationService.receiptOf} finds it
   * by this.
   */
  id?: string;
  /** The message that it replaces: an SMS leaves by another provider, where there is one. */
  replaces?: string;
  /** What it is for, for the delivery log: `sign-in.code`, `password.changed`. */
  kind: string;
  accountId: string | null;
  /**
   * `now` (the default): the caller goes on to {@link NotificationService.deliver} after its commit; when the caller
   * never does, since its process died, it is `UNCONFIRMED` a minute later, and is not sent: who waits asks again.
   * `later`: a dispatcher sends it. `bulk`: one of thousands; as `later`, at the pace `limits.bulkPerMinute`.
   */
  when?: 'now' | 'later' | 'bulk';
  /** After this instant the message is of no use and is not sent; 10 minutes (now) or a day (later) by default. */
  usefulUntil?: Date;
}

/** A message that no caller waits for. */
export interface QueuedMessage extends Enqueueing {
  message: Message;
  when: 'later' | 'bulk';
}

/** What became of a message that was given to the providers. */
export interface DispatchResult {
  delivery: Delivery;
  provider: string | null;
  reference: string | null;
  reason: string | null;
  /** Whether it surely did not leave but might when asked again later. */
  mayStillLeave: boolean;
}

/** State of a message on its way: the provider took it, a phone has it, it never will, or unknown. */
export interface Receipt {
  delivery: 'sent' | 'delivered' | 'undelivered' | 'unconfirmed';
  /** Time of this state; null while it is unknown. */
  at: Date | null;
}

/** An entry of the delivery log, as the person whom the message was for may see it. */
export interface DeliveryLogEntry {
  id: string;
  kind: string;
  channel: Channel;
  state: NotificationState;
  createdAt: Date;
  settledAt: Date | null;
}

export interface OutboxHealth {
  unreadable: number;
}

/** A message that left. */
export interface SentMessage {
  askedAt: Date;
  /** When a provider took it. */
  handedOverAt: Date;
  provider: string;
}

/** What waits in the outbox: `later`, for a dispatcher; `bulk`, for its turn among thousands. */
export interface WaitingQueue {
  lane: 'later' | 'bulk';
  waiting: number;
  /** When the one that waits longest was written; null: none waits. */
  oldestAt: Date | null;
}
