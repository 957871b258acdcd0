import type { Type } from '@nestjs/common';
import type { ChannelDefinition, Clock, FindingSource, Keyring } from '@portillon/kernel';
import type { Message } from '../message.types';
import type { NotificationOptions } from '../notification.options';
import type { ChannelProvider } from './channel-provider.types';

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
