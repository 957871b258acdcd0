import { Channel, Clock, SECOND } from '@portillon/kernel';
import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import { timeout, TimeoutPolicy, TimeoutStrategy } from 'cockatiel';
import type { Message } from '../message.types';
import { NotificationPolicy } from '../notification.options';
import type { DispatchResult } from '../notification.types';
import type { SendAttempt } from './channel-provider.types';
import { CHANNEL_PROVIDERS, GuardedProvider, LET_GO_MS, LONGEST_PAUSE_MS, Sending } from './guarded-provider';
import type { ChannelProviders } from './guarded-provider';
import { DeliveryMetrics } from './delivery.metrics';

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

const FAILED: DispatchResult = {
  delivery: 'FAILED',
  provider: null,
  reference: null,
  reason: null,
  mayStillLeave: true,
};

const CACHED_MS = 10 * SECOND;

interface LatestCheck {
  at: number;
  health: Promise<ChannelHealth[]>;
}

/**
 * Sends messages by the providers, and checks them without sending a message. A message goes to a second provider only
 * if the first has certainly not accepted it.
 */
@Injectable()
export class ChannelService implements OnApplicationShutdown {
  /** Time limit of all attempts for one message. */
  readonly #deadline: TimeoutPolicy;
  #latest?: LatestCheck;
  readonly #failingSince = new Map<Channel, Date>();

  constructor(
    @Inject(CHANNEL_PROVIDERS) private readonly providers: ChannelProviders,
    private readonly metrics: DeliveryMetrics,
    policy: NotificationPolicy,
    private readonly clock: Clock,
  ) {
    const lastTryMs = policy.limits.deadlineMs - LET_GO_MS - LONGEST_PAUSE_MS;
    this.#deadline = timeout(lastTryMs, { strategy: TimeoutStrategy.Cooperative, abortOnReturn: false });
  }

  /** Whether the channel is configured. */
  available(channel: Channel): boolean {
    return this.providers[channel].length > 0;
  }

  /**
   * Gives the message to the first provider of its channel that accepts it, within the deadline. Providers in
   * `lastResorts` are tried after the others, in that order.
   */
  async send(
    message: Message,
    sending: Sending,
    lastResorts: readonly string[] = [],
  ): Promise<DispatchResult> {
    const providers: readonly GuardedProvider<Message>[] = this.providers[message.channel];
    const result = await this.#deadline.execute(({ signal }) =>
      this.#tryEach(ordered(providers, lastResorts), message, sending, signal),
    );
    this.metrics.countMessage(message.channel, result.delivery);
    return result;
  }

  onApplicationShutdown(): void {
    for (const provider of Object.values(this.providers).flat()) provider.close();
  }

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

  async #tryEach(
    providers: readonly GuardedProvider<Message>[],
    message: Message,
    sending: Sending,
    signal: AbortSignal,
  ): Promise<DispatchResult> {
    let result: DispatchResult = { ...FAILED, reason: 'no provider' };
    for (const provider of providers) {
      const send = () => provider.send(message, sending, signal);
      const attempt = await this.metrics.measured(message.channel, provider.name, send);
      result = resultOf(attempt, provider.name);
      if (!result.mayStillLeave) break;
    }
    return result;
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
    const since = this.#recordState(channel, up !== undefined);
    return { channel, status: up ? 'up' : 'down', since, latencyMs: up?.latencyMs ?? null, providers };
  }

  #recordState(channel: Channel, isUp: boolean): Date | null {
    if (isUp) this.#failingSince.delete(channel);
    else if (!this.#failingSince.has(channel)) this.#failingSince.set(channel, this.clock.now());
    return this.#failingSince.get(channel) ?? null;
  }
}

function ordered<Provider extends { name: string }>(
  providers: readonly Provider[],
  lastResorts: readonly string[],
): Provider[] {
  const place = ({ name }: Provider) => lastResorts.indexOf(name);
  return [...providers].sort((left, right) => place(left) - place(right));
}

function resultOf(attempt: SendAttempt, provider: string): DispatchResult {
  switch (attempt.status) {
    case 'sent': {
      const reference = attempt.reference ?? null;
      return { ...FAILED, provider, delivery: 'SENT', reference, mayStillLeave: false };
    }
    case 'unconfirmed':
      return { ...FAILED, provider, delivery: 'UNCONFIRMED', reason: attempt.reason, mayStillLeave: false };
    case 'refused':
      return { ...FAILED, provider, reason: attempt.reason, mayStillLeave: false };
    default:
      return { ...FAILED, provider, reason: attempt.reason };
  }
}
