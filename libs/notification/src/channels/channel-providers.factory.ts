import type { MailerService } from '@nestjs-modules/mailer';
import type { Clock, Keyring } from '@portillon/kernel';
import { BounceAddressService } from '../mail/bounce-address.service';
import { parseMailbox } from '../mail/mailbox';
import { MailProvider } from '../mail/mail.provider';
import { mailRoutes } from '../mail/mailer.options';
import type { NotificationOptions } from '../notification.options';
import type { NotificationPolicy } from '../notification.policy';
import { openSmsProvider } from '../sms/sms-providers';
import type { ChannelProvider } from './channel-provider.types';
import type { ChannelProviders } from './channel-providers.types';
import { GuardedProvider } from './guarded-provider';

/** Makes the providers that the options name. @throws Error naming the option that is wrong. */
export async function openProviders(
  options: NotificationOptions,
  mailer: MailerService,
  policy: NotificationPolicy,
  clock: Clock,
  keyring: Keyring,
): Promise<ChannelProviders> {
  const guarded = <Sendable>(one: ChannelProvider<Sendable>) => new GuardedProvider(one, policy.limits);
  const named = options.sms?.providers ?? [];
  const sms = await Promise.all(named.map((one) => openSmsProvider(one, clock, keyring)));
  const mail = mailProviders(options, mailer, clock, keyring);
  return { EMAIL: mail.map(guarded), SMS: sms.map(guarded) };
}

function mailProviders(
  { mail }: NotificationOptions,
  mailer: MailerService,
  clock: Clock,
  keyring: Keyring,
): MailProvider[] {
  if (!mail) return [];
  const bounceAddresses = new BounceAddressService(mail.bounces, keyring);
  const sender = { from: parseMailbox(mail.from), separators: mail.separators, bounceAddresses };
  return mailRoutes(mail).map((route) => new MailProvider(mailer, route, sender, clock));
}
