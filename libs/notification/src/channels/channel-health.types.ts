import type { Channel } from '@portillon/kernel';

export interface ProviderHealth {
  provider: string;
  up: boolean;
  /** Duration of its latest answer, milliseconds; null before the first. */
  latencyMs: number | null;
}

export interface ChannelHealth {
  channel: Channel;
  /** `off`: not set up. `up`: at least one provider is. */
  status: 'up' | 'down' | 'off';
  /** When this instance first saw that it is down; null while it is not. */
  since: Date | null;
  latencyMs: number | null;
  providers: ProviderHealth[];
}
