import { Channel, Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import type { ChannelHealthService } from './channel-health.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    mail: ChannelValues;
    sms: ChannelValues;
  }
}

interface ChannelValues {
  providers: { name: string; up: boolean }[];
}

/** Checks that at least one provider of a channel works. */
export abstract class ChannelFindings implements FindingSource {
  abstract readonly subject: string;
  protected abstract readonly channel: Channel;
  protected abstract readonly advice: string;

  constructor(private readonly channels: ChannelHealthService) {}

  async find(): Promise<Finding & { values: ChannelValues }> {
    const all = await this.channels.health();
    const { status, providers, latencyMs } = all.find(({ channel }) => channel === this.channel)!;
    const values = { providers: providers.map(({ provider, up }) => ({ name: provider, up })) };
    if (status === 'off') return { ...NOT_SET, values };
    const { advice } = this;
    if (status === 'down') return { state: 'failing', text: 'does not answer', advice, values };
    const answers = latencyMs === null ? { text: 'set' } : { text: `answers in ${latencyMs} ms`, latencyMs };
    const away = providers.flatMap(({ provider, up }) => (up ? [] : provider));
    if (away.length === 0) return { state: 'well', ...answers, values };
    return { state: 'remark', ...answers, text: `${away.join(', ')} does not answer`, advice, values };
  }
}
