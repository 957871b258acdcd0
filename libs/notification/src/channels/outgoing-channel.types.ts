import type { Type } from '@nestjs/common';
import type { ChannelDefinition, Clock, FindingSource, Keyring } from '@portillon/kernel';
import type { Message } from '../message.types';
import type { NotificationOptions } from '../notification.options';
import type { ChannelProvider } from './channel-provider.types';

/** The used part of `MailerService`, whose own types need packages that no application installs. */
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

/** A channel as messages leave by it. */
export interface OutgoingChannel<Sendable extends Message = Message> extends ChannelDefinition {
  readonly name: Sendable['channel'];
  /** Counter of messages that were given to its providers. */
  readonly counter: { name: string; help: string };
  /** Its state, for `portillon doctor`. */
  readonly findings: Type<FindingSource>;
  /** Its providers in the order in which they are tried. None: it is off. @throws Error naming the option that is wrong */
  open(options: NotificationOptions, tools: ProviderTools): Promise<ChannelProvider<Sendable>[]>;
  /** @throws AppError `validation.failed` when the message cannot be sent as it is */
  assertSendable(message: Sendable): void;
}
