import { Inject, Injectable } from '@nestjs/common';
import { Clock, timeOfId } from '@portillon/kernel';
import { CHANNEL_PROVIDERS, type ChannelProviders } from '../channels/channel-providers.types';
import type { ProviderReceipt, ReceiptRequest } from '../channels/channel-provider.types';
import { NotificationRepository } from '../notification.repository';
import { ReceiptMetrics } from './receipt.metrics';

/** A number or a word. */
const CODE = /^[A-Za-z0-9 _-]{1,32}$/;

/** What providers of SMS report of the messages that they took. It is shown and measured, and decides nothing. */
@Injectable()
export class ReceiptService {
  constructor(
    @Inject(CHANNEL_PROVIDERS) private readonly providers: ChannelProviders,
    private readonly notifications: NotificationRepository,
    private readonly metrics: ReceiptMetrics,
    private readonly clock: Clock,
  ) {}

  /** Where providers report whose account is given one URL for all messages: its owner enters it there. */
  get accountUrls(): { provider: string; url: string }[] {
    return this.providers.SMS.flatMap(({ name: provider, receiptUrl: url }) =>
      url ? [{ provider, url }] : [],
    );
  }

  /** Whether it is proved to be the provider's; what ends a message's way is noted, once. Without it, no statement runs. */
  async receive(provider: string, request: ReceiptRequest): Promise<boolean> {
    const receipt = await this.providers.SMS.find(({ name }) => name === provider)?.readReceipt(request);
    if (!receipt) return false;
    if (receipt.state !== 'unknown') await this.#note(provider, receipt);
    return true;
  }

  async #note(provider: string, { id, reference, state, code }: ProviderReceipt): Promise<void> {
    const message = id ?? (await this.notifications.idOf(provider, reference ?? ''));
    if (!message) return;
    const now = this.clock.now();
    const reason = code && CODE.test(code) ? `${provider} ${code}` : null;
    const report = { id: message, provider, reference, report: state, reason };
    if (!(await this.notifications.report(report, now))) return;
    this.metrics.count(provider, state, now.getTime() - timeOfId(message).getTime());
  }
}
