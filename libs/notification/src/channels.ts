import type { OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from '@portillon/kernel';
import { ChannelWatch } from './channel-watch';
import type { ChannelHealth } from './channel-watch';
import { Dispatcher, DispatchResult } from './dispatcher';
import { GuardedProvider, Sending } from './guarded-provider';
import type { MailMessage, Message, NotificationChannel, SmsMessage } from './message';
import type { NotificationLimits } from './notification.options';
import type { Provider } from './send-attempt';

/** The providers of each channel, in the order in which they are tried. */
export interface ChannelProviders {
  mail: readonly Provider<MailMessage>[];
  sms: readonly Provider<SmsMessage>[];
}

/** The ways out: mail and SMS. */
export class Channels implements OnApplicationShutdown {
  readonly #mail: Dispatcher<MailMessage>;
  readonly #sms: Dispatcher<SmsMessage>;
  readonly #watches: ChannelWatch[];

  constructor(
    private readonly providers: ChannelProviders,
    limits: NotificationLimits,
    clock: Clock,
  ) {
    const guard = <Sendable>(provider: Provider<Sendable>) => new GuardedProvider(provider, limits);
    this.#mail = new Dispatcher(providers.mail.map(guard), limits.deadlineMs);
    this.#sms = new Dispatcher(providers.sms.map(guard), limits.deadlineMs);
    this.#watches = [
      new ChannelWatch('EMAIL', this.#mail.providers, clock),
      new ChannelWatch('SMS', this.#sms.providers, clock),
    ];
  }

  /** Whether the channel is set up. */
  available(channel: NotificationChannel): boolean {
    const dispatcher = channel === 'EMAIL' ? this.#mail : this.#sms;
    return dispatcher.providers.length > 0;
  }

  send(message: Message, sending: Sending): Promise<DispatchResult> {
    return message.channel === 'EMAIL'
      ? this.#mail.deliver(message, sending)
      : this.#sms.deliver(message, sending);
  }

  health(): Promise<ChannelHealth[]> {
    return Promise.all(this.#watches.map((watch) => watch.health()));
  }

  onApplicationShutdown(): void {
    for (const provider of this.providers.sms) provider.close?.();
  }
}
