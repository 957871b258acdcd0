import type { MailerService } from '@nestjs-modules/mailer';
import type { Clock } from '@portillon/kernel';
import { parseMailbox } from '../mail/mailbox';
import { MailProvider } from '../mail/mail.provider';
import { mailRoutes } from '../mail/mailer.options';
import type { NotificationOptions, SmsSender } from '../notification.options';
import type { NotificationPolicy } from '../notification.policy';
import type { TwilioOptions } from '../sms/twilio.provider';
import type { ChannelProvider } from './channel-provider.types';
import type { ChannelProviders } from './channel-providers.types';
import { GuardedProvider } from './guarded-provider';

/** Makes the providers that the options name. @throws Error naming the option that is wrong. */
export async function openProviders(
  options: NotificationOptions,
  mailer: MailerService,
  policy: NotificationPolicy,
  clock: Clock,
): Promise<ChannelProviders> {
  const guarded = <Sendable>(one: ChannelProvider<Sendable>) => new GuardedProvider(one, policy.limits);
  const sms = await Promise.all((options.sms?.providers ?? []).map((one) => smsProvider(one, clock)));
  return { EMAIL: mailProviders(options, mailer, clock).map(guarded), SMS: sms.map(guarded) };
}

function mailProviders({ mail }: NotificationOptions, mailer: MailerService, clock: Clock): MailProvider[] {
  if (!mail) return [];
  const sender = { from: parseMailbox(mail.from), separators: mail.separators };
  return mailRoutes(mail).map((route) => new MailProvider(mailer, route, sender, clock));
}

/** Twilio's SDK, 20 MB, is loaded for those alone who have an account there. */
async function smsProvider(option: TwilioOptions | SmsSender, clock: Clock): Promise<SmsSender> {
  if ('send' in option) return option;
  const { TwilioProvider } = await import('../sms/twilio.provider.js');
  return new TwilioProvider(option, clock);
}
