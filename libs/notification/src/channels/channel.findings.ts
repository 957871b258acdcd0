import { Channel, Finding, FindingSource, NOT_SET } from '@portillon/kernel';
import type { ChannelService } from './channel.service';

declare module '@portillon/kernel' {
  interface FindingValues {
    mail: ChannelValues;
    sms: ChannelValues;
  }
}

interface ChannelValues {
  /** When this instance first saw that the channel is down; null while it is not. */
  since: Date | null;
  /** `passedOver`: tried after the others, since too few of its codes are entered. */
  providers: { name: string; up: boolean; passedOver: boolean }[];
}

/** Checks that at least one provider of a channel works. */
export abstract class ChannelFindings implements FindingSource {
  abstract readonly subject: string;
  protected abstract readonly channel: Channel;
  protected abstract readonly advice: string;

  constructor(private readonly channels: ChannelService) {}

  async find(): Promise<Finding & { values: ChannelValues }> {
    const all = await this.channels.health();
    const { status, since, providers, latencyMs } = all.find(({ channel }) => channel === this.channel)!;
    if (status === 'off') return { ...NOT_SET, values: { since, providers: [] } };
    const avoided = await this.findAvoided();
    const values = {
      since,
      providers: providers.map(({ provider: name, up }) => ({
        name,
        up,
        passedOver: avoided.includes(name),
      })),
    };
    const { advice } = this;
    if (status === 'down') return { state: 'failing', text: 'does not answer', advice, values };
    const answers = latencyMs === null ? { text: 'set' } : { text: `answers in ${latencyMs} ms`, latencyMs };
    const away = providers.flatMap(({ provider, up }) => (up ? [] : provider));
    const wrong = [
      ...(away.length > 0 ? [`${away.join(', ')} does not answer`] : []),
      ...(avoided.length > 0 ? [`${avoided.join(', ')} is tried last: few of its codes are entered`] : []),
    ];
    if (wrong.length === 0) return { state: 'well', ...answers, values };
    return { state: 'remark', ...answers, text: wrong.join('; '), advice, values };
  }

  /** Names of the providers that are tried after the others. */
  protected async findAvoided(): Promise<string[]> {
    return [];
  }
}
