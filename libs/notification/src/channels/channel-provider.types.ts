import type { SmsMessage } from '../message.types';

/**
 * What came of handing one message to one provider, once.
 * - `sent`: the provider took it. `reference` is its own name for the message.
 * - `refused`: it will never take this message, nor would another: an unknown mailbox, a number that is none.
 * - `deferred`: it surely did not take it, and may when asked again. `providerFault` when it is the provider that ails,
 *   not this message: that opens its circuit.
 * - `unusable`: it surely did not take it and asking again is no use now: bad credentials, no connection in time.
 * - `unconfirmed`: it had the message and no answer came. It may have left, so no one may send it again.
 *
 * `reason` is for the operator: a code, never an address nor a text of the provider.
 */
export type SendAttempt =
  | { status: 'sent'; reference?: string }
  | { status: 'refused'; reason: string }
  | { status: 'deferred'; reason: string; providerFault: boolean }
  | { status: 'unusable'; reason: string }
  | { status: 'unconfirmed'; reason: string };

export interface SendContext {
  /** Id of the message in the outbox. */
  id: string;
  /** After this instant the message is of no use to the recipient. */
  usefulUntil: Date;
  /** Fires when the time for this try is over: the provider must let go of the message at once. */
  signal: AbortSignal;
}

/** What became of a message, as its provider reports it. `unknown`: nothing that ends its way. */
export type ReceiptState = 'delivered' | 'undelivered' | 'expired' | 'rejected' | 'unknown';

/** A report about a message as it came in. */
export interface ReceiptRequest {
  /** The full public URL that was called, with its query. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** What was posted: a form, or the values of JSON by their paths (`status.value`). Nothing in it for a GET. */
  form: Readonly<Record<string, string>>;
}

export interface ProviderReceipt {
  /** Id of the message in the outbox; nothing where the provider knows its own `reference` alone. */
  id?: string;
  /** The provider's name for the message; null where it has none. */
  reference: string | null;
  state: ReceiptState;
  /** The provider's own word or number for it; null when it gives none. */
  code: string | null;
}

/** Something that can make messages of one kind leave. */
export interface ChannelProvider<Sendable> {
  /** For the delivery log and the log of the process; no secret in it. */
  readonly name: string;
  send(message: Sendable, context: SendContext): Promise<SendAttempt>;
  /**
   * Rejects when the provider does not answer, or would take nothing from us. It costs no message, so it alone
   * closes a circuit that is open. Without it, one message does. The signal fires when the answer is waited for no more.
   */
  check?(signal: AbortSignal): Promise<void>;
  /** How many messages it takes from this process in a second; more go to the next one. As many as there are, without it. */
  readonly capacityPerSecond?: number;
  /** Where it reports on all messages, where its account has one URL for them. */
  readonly receiptUrl?: string;
  /** What a report says of a message; nothing when it is not proved to be the provider's. */
  readReceipt?(request: ReceiptRequest): Promise<ProviderReceipt | undefined>;
  /** Lets go of its connections. */
  close?(): void;
}

/** A way for SMS to leave. */
export type SmsSender = ChannelProvider<SmsMessage>;
