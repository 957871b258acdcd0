import type { MailerService } from '@nestjs-modules/mailer';
import type { Clock } from '@portillon/kernel';
import { Channels } from './channels';
import { MailRelay } from './mail.relay';
import { parseMailbox } from './mailbox';
import { mailRoutes } from './mailer.options';
import { NotificationOptions, readLimits, SmsSender } from './notification.options';
import type { TwilioOptions } from './twilio.provider';

/** Makes the channels that the options name. @throws Error naming the option that is wrong. */
export async function openChannels(
  options: NotificationOptions,
  mailer: MailerService,
  clock: Clock,
): Promise<Channels> {
  const providers = {
    mail: mailRelays(options, mailer, clock),
    sms: await Promise.all((options.sms?.providers ?? []).map((one) => smsProvider(one, clock))),
  };
  return new Channels(providers, readLimits(options.limits), clock);
}

function mailRelays({ mail }: NotificationOptions, mailer: MailerService, clock: Clock): MailRelay[] {
  if (!mail) return [];
  const from = parseMailbox(mail.from);
  return mailRoutes(mail).map((route) => new MailRelay(mailer, route, from, clock));
}

/** Twilio's SDK, 20 MB, is loaded for those alone who have an account there. */
async function smsProvider(option: TwilioOptions | SmsSender, clock: Clock): Promise<SmsSender> {
  if ('send' in option) return option;
  const { TwilioProvider } = await import('./twilio.provider.js');
  return new TwilioProvider(option, clock);
}
