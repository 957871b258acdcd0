import type { Clock } from '@portillon/kernel';
import type { Channels } from '../channels';
import { openChannels } from '../channels.factory';
import { mailerOptions } from '../mailer.options';
import type { NotificationOptions } from '../notification.options';
import { RelayMailerService } from '../relay-mailer.service';

/** Channels as the module makes them, without the module; what is opened in a test is closed after it. */
export function useChannels(clock: Clock): (options: NotificationOptions) => Promise<Channels> {
  const open: { onApplicationShutdown(): unknown }[] = [];

  afterEach(async () => {
    for (const one of open.splice(0)) await one.onApplicationShutdown();
  });

  return async (options) => {
    const mailer = new RelayMailerService(mailerOptions(options), undefined as never);
    const channels = await openChannels(options, mailer, clock);
    open.push(channels, mailer);
    return channels;
  };
}
