import type { Clock } from '@portillon/kernel';
import type { GuardedProvider } from './guarded-provider';
import type { NotificationChannel } from './message';

export interface ProviderHealth {
  provider: string;
  up: boolean;
  /** How long its latest answer took; null when it gave none yet. */
  latencyMs: number | null;
}

export interface ChannelHealth {
  channel: NotificationChannel;
  /** `off`: not set up. `up`: at least one provider is. */
  status: 'up' | 'down' | 'off';
  latencyMs: number | null;
  providers: ProviderHealth[];
}

const CACHED_MS = 10_000;

/** Looks after one channel without wearing its providers out. */
export class ChannelWatch {
  #latest?: { at: number; health: Promise<ChannelHealth> };

  constructor(
    private readonly channel: NotificationChannel,
    private readonly providers: readonly GuardedProvider<never>[],
    private readonly clock: Clock,
  ) {}

  /** What was found at most 10 s ago; who asks meanwhile gets the same answer. */
  health(): Promise<ChannelHealth> {
    const at = this.clock.now().getTime();
    if (!this.#latest || at - this.#latest.at >= CACHED_MS) this.#latest = { at, health: this.#look() };
    return this.#latest.health;
  }

  async #look(): Promise<ChannelHealth> {
    const { channel } = this;
    if (this.providers.length === 0) return { channel, status: 'off', latencyMs: null, providers: [] };
    const providers = await Promise.all(
      this.providers.map(async (one) => ({ provider: one.name, ...(await one.look()) })),
    );
    const up = providers.find((one) => one.up);
    return { channel, status: up ? 'up' : 'down', latencyMs: up?.latencyMs ?? null, providers };
  }
}
