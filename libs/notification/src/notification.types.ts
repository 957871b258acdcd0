import type { Message, NotificationChannel } from './message.types';

/** How a message ended: it left; it was refused everywhere; it may have left, and no answer tells. */
export type Delivery = 'SENT' | 'FAILED' | 'UNCONFIRMED';

/** `PENDING`: a dispatcher takes it when it is due. `QUEUED`: it waits for its turn in the bulk lane. `SENDING`: claimed. */
export type NotificationState = Delivery | 'PENDING' | 'QUEUED' | 'SENDING';

export interface Enqueueing {
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

/** An entry of the delivery log, as the person whom the message was for may see it. */
export interface DeliveryLogEntry {
  id: string;
  kind: string;
  channel: NotificationChannel;
  state: NotificationState;
  createdAt: Date;
  settledAt: Date | null;
}

export interface OutboxHealth {
  unreadable: number;
}
