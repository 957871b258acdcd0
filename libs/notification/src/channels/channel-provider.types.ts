import type { Type } from '@nestjs/common';
import type { ChannelDefinition, Clock, FindingSource, Keyring } from '@portillon/kernel';
import type { SmsMessage, Message } from '../message.types';
import type { NotificationOptions } from '../notification.options';

/**
 * Result of one attempt to hand a message to one provider.
 * - `sent`: the provider accepted it. `reference` is the provider's id of the message.
 * - `refused`: no provider will ever accept this message: an unknown mailbox, an invalid number.
 * - `deferred`: the provider did not accept it, and may later. `providerFault`: the provider's fault, not the
 *   message's; it counts towards its circuit breaker.
 * - `unusable`: the provider did not accept it and a retry is useless now: bad credentials, no connection in time.
 * - `unconfirmed`: the provider received it and gave no answer. It may have left, so it must not be sent again.
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
  /** Fires at the time limit of this attempt: the provider must drop the message at once. */
  signal: AbortSignal;
}

/** Final state of a message, as its provider reports it. `unknown`: not final. */
export type ReceiptState = 'delivered' | 'undelivered' | 'expired' | 'rejected' | 'unknown';

/** A received report about a message. */
export interface ReceiptRequest {
  /** The full public URL that was called, with its query. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body: a form, or the values of JSON by their paths (`status.value`). Empty for a GET. */
  form: Readonly<Record<string, string>>;
}

export interface ProviderReceipt {
  /** Id of the message in the outbox; nothing where the provider only knows its own `reference`. */
  id?: string;
  /** The provider's id of the message; null where it has none. */
  reference: string | null;
  state: ReceiptState;
  /** The provider's code for the state; null when it gives none. */
  code: string | null;
}

/** A provider that sends messages of one kind. */
export interface ChannelProvider<Sendable> {
  /** Name for the delivery log and the process log; must not be secret. */
  readonly name: string;
  send(message: Sendable, context: SendContext): Promise<SendAttempt>;
  /**
   * Rejects when the provider does not answer or would refuse all messages. Sends no message, so it can close an open
   * circuit. Without a check, a message tests the provider. The signal fires at the time limit.
   */
  check?(signal: AbortSignal): Promise<void>;
  /** Messages per second from this process; further ones go to the next provider. Default: unlimited. */
  readonly capacityPerSecond?: number;
  /** URL for all its reports, where an account has only one. */
  readonly receiptUrl?: string;
  /** Reads a report; returns nothing unless it is proved to be the provider's. */
  readReceipt?(request: ReceiptRequest): Promise<ProviderReceipt | undefined>;
  /** Closes its connections. */
  close?(): void;
}

/** A provider of SMS. */
export type SmsSender = ChannelProvider<SmsMessage>;

/** The used part of `MailerService`; its own types need packages that applications do not install. */
export interface Mailer {
  sendMail(mail: object): Promise<unknown>;
  getTransporter(name: string): {
    on(event: 'error', listener: () => void): unknown;
    verify(): Promise<unknown>;
  };
}

export interface ProviderTools {
  mailer: Mailer;
  clock: Clock;
  keyring: Keyring;
}

/** Declaration of a channel and its providers. */
export interface OutgoingChannel<Sendable extends Message = Message> extends ChannelDefinition {
  readonly name: Sendable['channel'];
  /** Counter of messages that its providers received. */
  readonly counter: { name: string; help: string };
  /** Its state, for `portillon doctor`. */
  readonly findings: Type<FindingSource>;
  /**
   * Creates its providers in the order in which they are tried. None: the channel is off. @throws Error naming the
   * option that is wrong
   */
  open(options: NotificationOptions, tools: ProviderTools): Promise<ChannelProvider<Sendable>[]>;
  /** @throws AppError `validation.failed` when the message cannot be sent as it is */
  assertSendable(message: Sendable): void;
}
