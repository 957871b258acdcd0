import { Inject, Injectable } from '@nestjs/common';
import { Channel, Clock, SECOND } from '@portillon/kernel';
import type { ChannelHealth } from './channel-health.types';
import { CHANNEL_PROVIDERS, type ChannelProviders } from './channel-providers.types';

const CACHED_MS = 10 * SECOND;

interface Finding {
  at: number;
  health: Promise<ChannelHealth[]>;
}

/** Checks mail and SMS without sending a message. */
@Injectable()
export class ChannelHealthService {
  #latest?: Finding;
  readonly #failingSince = new Map<Channel, Date>();

  constructor(
    @Inject(CHANNEL_PROVIDERS) private readonly providers: ChannelProviders,
    private readonly clock: Clock,
  ) {}

  /**
   * Returns the state of each channel, at most 10 s old. A check costs one SMTP greeting per relay and one request to
   * Twilio.
   */
  health(): Promise<ChannelHealth[]> {
    const at = this.clock.now().getTime();
    if (!this.#latest || at - this.#latest.at >= CACHED_MS) this.#latest = { at, health: this.#look() };
    return this.#latest.health;
  }

  /** Since when the channel is down by the latest check; undefined while it is not. Makes no check. */
  failingSince(channel: Channel): Date | undefined {
    return this.#failingSince.get(channel);
  }

  /** Checks each provider whose circuit is open, once its rest is over; one that answers gets messages again. */
  async probe(): Promise<void> {
    const ailing = Object.values(this.providers)
      .flat()
      .filter((one) => !one.closed);
    const back = await Promise.all(ailing.map((one) => one.probe()));
    if (back.includes(true)) this.#latest = undefined;
  }

  #look(): Promise<ChannelHealth[]> {
    return Promise.all((Object.keys(this.providers) as Channel[]).map((channel) => this.#lookAt(channel)));
  }

  async #lookAt(channel: Channel): Promise<ChannelHealth> {
    const all = this.providers[channel];
    if (all.length === 0) return { channel, status: 'off', since: null, latencyMs: null, providers: [] };
    const providers = await Promise.all(
      all.map(async (one) => ({ provider: one.name, ...(await one.look()) })),
    );
    const up = providers.find((one) => one.up);
    const since = this.#note(channel, up !== undefined);
    return { channel, status: up ? 'up' : 'down', since, latencyMs: up?.latencyMs ?? null, providers };
  }

  #note(channel: Channel, isUp: boolean): Date | null {
    if (isUp) this.#failingSince.delete(channel);
    else if (!this.#failingSince.has(channel)) this.#failingSince.set(channel, this.clock.now());
    return this.#failingSince.get(channel) ?? null;
  }
}
