import { MetricsRegistry } from '@portillon/kernel';
import type { Clock } from '@portillon/kernel';
import { ChannelService } from '../channels/channel.service';
import { openProviders } from '../channels/channels';
import { DeliveryMetrics } from '../channels/delivery.metrics';
import { mailerOptions, RelayMailerService } from '../mail/mailer.options';
import { NotificationPolicy } from '../notification.options';
import type { NotificationOptions } from '../notification.options';
import { keyring } from './process';

export interface OpenChannels {
  channels: ChannelService;
  health: ChannelService;
}

/** Channels as the module makes them, without the module; what is opened in a test is closed after it. */
export function useChannels(clock: Clock): (options: NotificationOptions) => Promise<OpenChannels> {
  const open: { onApplicationShutdown(): unknown }[] = [];

  afterEach(async () => {
    for (const one of open.splice(0)) await one.onApplicationShutdown();
  });

  return async (options) => {
    const mailer = new RelayMailerService(mailerOptions(options), undefined as never);
    const policy = new NotificationPolicy(options.limits);
    const providers = await openProviders(options, mailer, policy, clock, keyring);
    const channels = new ChannelService(
      providers,
      new DeliveryMetrics(new MetricsRegistry(), providers),
      policy,
      clock,
    );
    open.push(channels, mailer);
    return { channels, health: channels };
  };
}
