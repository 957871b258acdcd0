import { channelNames, channelOf, Channels, declareChannel } from '@portillon/kernel';
import type { Clock, Keyring } from '@portillon/kernel';
import { mailChannel } from '../mail/mail.channel';
import { smsChannel } from '../sms/sms.channel';
import type { OutgoingChannel, Mailer } from './channel-provider.types';
import type { NotificationOptions, NotificationPolicy } from '../notification.options';
import { GuardedProvider } from './guarded-provider';
import type { ChannelProviders } from './guarded-provider';

export type {} from '../mail/mail.channel';
export type {} from '../sms/sms.channel';

/** Registers the channel of another library. */
export function registerChannel(channel: OutgoingChannel): void {
  declareChannel(channel.name, channel);
}

/** Registered channels, in the order of registration. */
export function outgoingChannels(): OutgoingChannel[] {
  return channelNames().map(outgoingChannel);
}

export function outgoingChannel(name: keyof Channels): OutgoingChannel {
  return channelOf(name) as OutgoingChannel;
}

registerChannel(mailChannel);
registerChannel(smsChannel);

/** Creates the providers of the options. @throws Error naming the option that is wrong */
export async function openProviders(
  options: NotificationOptions,
  mailer: Mailer,
  { limits }: NotificationPolicy,
  clock: Clock,
  keyring: Keyring,
): Promise<ChannelProviders> {
  const open = async (channel: OutgoingChannel) => {
    const providers = await channel.open(options, { mailer, clock, keyring });
    return [channel.name, providers.map((one) => new GuardedProvider(one, limits))];
  };
  return Object.fromEntries(await Promise.all(outgoingChannels().map(open))) as ChannelProviders;
}
