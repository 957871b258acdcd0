import { Inject, Injectable } from '@nestjs/common';
import { Channel, channelOf, MetricsRegistry, SECOND } from '@portillon/kernel';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { DispatchResult } from '../notification.types';
import type { SendAttempt, OutgoingChannel } from './channel-provider.types';
import { CHANNEL_PROVIDERS } from './guarded-provider';
import type { ChannelProviders } from './guarded-provider';

const OUTCOMES: readonly SendAttempt['status'][] = ['sent', 'refused', 'deferred', 'unusable', 'unconfirmed'];

/** What became of a message after every provider that was tried. */
const RESULTS: readonly DispatchResult['delivery'][] = ['SENT', 'UNCONFIRMED', 'FAILED'];

/** Counts results by provider, under the name that the settings give it. */
@Injectable()
export class DeliveryMetrics {
  readonly #handOvers: ReadonlyMap<Channel, Counter>;
  readonly #seconds: Histogram;
  readonly #messages: Counter;

  constructor(registry: MetricsRegistry, @Inject(CHANNEL_PROVIDERS) providers: ChannelProviders) {
    this.#handOvers = new Map(
      namesOf(providers).map((name) => [name, handOvers(registry, channelOf(name) as OutgoingChannel)]),
    );
    this.#seconds = new Histogram({
      name: 'portillon_delivery_seconds',
      help: 'How long a provider that took a message, or may have, took to answer.',
      labelNames: ['channel', 'provider'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    });
    this.#messages = new Counter({
      name: 'portillon_messages_total',
      help: 'Messages, each counted once however many providers were tried for it.',
      labelNames: ['channel', 'outcome'],
      registers: [registry],
    });
    addBreakers(registry, providers);
    for (const channel of namesOf(providers))
      for (const { name } of providers[channel]) this.#startAtZero(channel, name);
  }

  /** Counts the result of `send`, for one message and one provider. */
  async measured(channel: Channel, provider: string, send: () => Promise<SendAttempt>): Promise<SendAttempt> {
    const begun = performance.now();
    const attempt = await send();
    this.#handOvers.get(channel)!.inc({ provider, outcome: attempt.status });
    if (attempt.status === 'sent' || attempt.status === 'unconfirmed')
      this.#seconds.observe({ channel, provider }, (performance.now() - begun) / SECOND);
    return attempt;
  }

  /** Counts a message once all its providers were tried. */
  countMessage(channel: Channel, delivery: DispatchResult['delivery'], count = 1): void {
    this.#messages.inc({ channel, outcome: delivery.toLowerCase() }, count);
  }

  #startAtZero(channel: Channel, provider: string): void {
    for (const outcome of OUTCOMES) this.#handOvers.get(channel)!.inc({ provider, outcome }, 0);
    for (const delivery of RESULTS) this.countMessage(channel, delivery, 0);
  }
}

function namesOf(providers: ChannelProviders): Channel[] {
  return Object.keys(providers) as Channel[];
}

function handOvers(registry: MetricsRegistry, { counter }: OutgoingChannel): Counter {
  return new Counter({ ...counter, labelNames: ['provider', 'outcome'], registers: [registry] });
}

function addBreakers(registry: MetricsRegistry, providers: ChannelProviders): void {
  new Gauge({
    name: 'portillon_provider_open',
    help: '1: the provider is left alone, since messages to it failed.',
    labelNames: ['channel', 'provider'],
    registers: [registry],
    collect() {
      for (const channel of namesOf(providers))
        for (const { name, closed } of providers[channel])
          this.set({ channel, provider: name }, closed ? 0 : 1);
    },
  });
}
