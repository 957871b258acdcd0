import { Inject, Injectable, OnApplicationShutdown } from '@nestjs/common';
import type { Channel } from '@portillon/kernel';
import { timeout, TimeoutPolicy, TimeoutStrategy } from 'cockatiel';
import type { Message } from '../message.types';
import { NotificationPolicy } from '../notification.policy';
import type { DispatchResult } from '../notification.types';
import type { SendAttempt } from './channel-provider.types';
import { CHANNEL_PROVIDERS, type ChannelProviders } from './channel-providers.types';
import { DeliveryMetrics } from './delivery.metrics';
import { GuardedProvider, LET_GO_MS, LONGEST_PAUSE_MS, Sending } from './guarded-provider';

const FAILED: DispatchResult = {
  delivery: 'FAILED',
  provider: null,
  reference: null,
  reason: null,
  mayStillLeave: true,
};

/** Sends messages by the providers. A message goes to a second provider only if the first has certainly not accepted it. */
@Injectable()
export class ChannelService implements OnApplicationShutdown {
  /** Time limit of all attempts for one message. */
  readonly #deadline: TimeoutPolicy;

  constructor(
    @Inject(CHANNEL_PROVIDERS) private readonly providers: ChannelProviders,
    private readonly metrics: DeliveryMetrics,
    policy: NotificationPolicy,
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
