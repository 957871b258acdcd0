import { MetricsRegistry } from '@portillon/kernel';
import type { Clock } from '@portillon/kernel';
import { ChannelHealthService } from '../channels/channel-health.service';
import { openProviders } from '../channels/channel-providers.factory';
import { ChannelService } from '../channels/channel.service';
import { DeliveryMetrics } from '../channels/delivery.metrics';
import { mailerOptions } from '../mail/mailer.options';
import { RelayMailerService } from '../mail/relay-mailer.service';
import type { NotificationOptions } from '../notification.options';
import { NotificationPolicy } from '../notification.policy';
import { keyring } from './process';

export interface OpenChannels {
  channels: ChannelService;
  health: ChannelHealthService;
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
    );
    open.push(channels, mailer);
    return { channels, health: new ChannelHealthService(providers, clock) };
  };
}
