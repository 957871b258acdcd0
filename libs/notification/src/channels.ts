import type { Clock, Random } from '@portillon/kernel';
import { ChannelWatch } from './channel-watch';
import type { ChannelHealth } from './channel-watch';
import { Courier, Outcome } from './courier';
import { GuardedProvider, Sending } from './guarded-provider';
import { MailChannel, openMail } from './mail.channel';
import type { MailMessage, Message, NotificationChannel, SmsMessage } from './message';
import type { NotificationLimits, NotificationOptions, SmsSender } from './notification.options';
import type { Provider } from './send-attempt';
import { checkTwilio, TwilioOptions, TwilioProvider } from './twilio.provider';

/** A look at a provider is over after this time: who asks for the health waits for it. */
const LONGEST_CHECK_MS = 3_000;

/** The ways out: mail and SMS, each with its providers in order. */
export class Channels {
  readonly #mail?: MailChannel;
  readonly #sms: SmsSender[];
  readonly #mailCourier: Courier<MailMessage>;
  readonly #smsCourier: Courier<SmsMessage>;
  readonly #watches: ChannelWatch[];

  constructor(options: NotificationOptions, limits: NotificationLimits, clock: Clock, random: Random) {
    this.#mail = options.mail && openMail(options.mail, clock);
    this.#sms = (options.sms?.providers ?? []).map((one) => smsProvider(one, clock));
    const circuit = {
      failures: limits.circuitFailures,
      restMs: limits.circuitRestMs,
      checkMs: Math.min(LONGEST_CHECK_MS, limits.tryTimeoutMs / 2),
    };
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

  send(message: Message, sending: Sending): Promise<Outcome> {
    return message.channel === 'EMAIL'
      ? this.#mailCourier.deliver(message, sending)
      : this.#smsCourier.deliver(message, sending);
  }

  health(): Promise<ChannelHealth[]> {
    return Promise.all(this.#watches.map((watch) => watch.health()));
  }

  async close(): Promise<void> {
    for (const provider of this.#sms) if (provider instanceof TwilioProvider) provider.close();
    await this.#mail?.close();
  }
}

function smsProvider(option: TwilioOptions | SmsSender, clock: Clock): SmsSender {
  return 'send' in option ? option : new TwilioProvider(checkTwilio(option), clock);
}
