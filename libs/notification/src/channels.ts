import type { Clock, Random } from '@portillon/kernel';
import { ChannelWatch } from './channel-watch';
import type { ChannelHealth } from './channel-watch';
import { Courier, Outcome } from './courier';
import { GuardedProvider } from './guarded-provider';
import { MailChannel, openMail } from './mail.channel';
import type { MailMessage, Message, NotificationChannel, SmsMessage } from './message';
import type { NotificationLimits, NotificationOptions, SmsSender } from './notification.options';
import type { Provider } from './send-attempt';
import { checkTwilio, TwilioOptions, TwilioProvider } from './twilio.provider';

/** The ways out: mail and SMS, each with its providers in order. */
export class Channels {
  readonly #mail?: MailChannel;
  readonly #sms: SmsSender[];
  readonly #mailCourier: Courier<MailMessage>;
  readonly #smsCourier: Courier<SmsMessage>;
  readonly #watches: ChannelWatch[];

  constructor(options: NotificationOptions, limits: NotificationLimits, clock: Clock, random: Random) {
    this.#mail = options.mail && openMail(options.mail, clock);
    this.#sms = (options.sms?.providers ?? []).map(smsProvider);
    const circuit = { failures: limits.circuitFailures, restMs: limits.circuitRestMs };
    const guard = <Sendable>(provider: Provider<Sendable>) => new GuardedProvider(provider, circuit);
    this.#mailCourier = new Courier((this.#mail?.relays ?? []).map(guard), limits, random);
    this.#smsCourier = new Courier(this.#sms.map(guard), limits, random);
    this.#watches = [
      new ChannelWatch('EMAIL', this.#mailCourier.providers, clock),
      new ChannelWatch('SMS', this.#smsCourier.providers, clock),
    ];
  }

  available(channel: NotificationChannel): boolean {
    const courier = channel === 'EMAIL' ? this.#mailCourier : this.#smsCourier;
    return courier.providers.length > 0;
  }

  send(message: Message, id: string): Promise<Outcome> {
    return message.channel === 'EMAIL'
      ? this.#mailCourier.deliver(message, id)
      : this.#smsCourier.deliver(message, id);
  }

  health(): Promise<ChannelHealth[]> {
    return Promise.all(this.#watches.map((watch) => watch.health()));
  }

  async close(): Promise<void> {
    for (const provider of this.#sms) if (provider instanceof TwilioProvider) provider.close();
    await this.#mail?.close();
  }
}

function smsProvider(option: TwilioOptions | SmsSender): SmsSender {
  return 'send' in option ? option : new TwilioProvider(checkTwilio(option));
}
