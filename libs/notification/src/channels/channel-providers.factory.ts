import type { Clock, Keyring } from '@portillon/kernel';
import type { NotificationOptions } from '../notification.options';
import type { NotificationPolicy } from '../notification.policy';
import { outgoingChannels } from './channels';
import type { ChannelProviders } from './channel-providers.types';
import { GuardedProvider } from './guarded-provider';
import type { Mailer, OutgoingChannel } from './outgoing-channel.types';

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
