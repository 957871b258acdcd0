import { Inject, Injectable } from '@nestjs/common';
import { MetricsRegistry, SECOND } from '@portillon/kernel';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { NotificationChannel } from '../message.types';
import type { SendAttempt } from './channel-provider.types';
import { CHANNEL_PROVIDERS, type ChannelProviders } from './channel-providers.types';

const CHANNELS: readonly NotificationChannel[] = ['EMAIL', 'SMS'];
const OUTCOMES: readonly SendAttempt['status'][] = ['sent', 'refused', 'deferred', 'unusable', 'unconfirmed'];

/** What came of handing messages to the providers, each of which bears the name that the settings give it. */
@Injectable()
export class DeliveryMetrics {
  readonly #handOvers: Record<NotificationChannel, Counter>;
  readonly #seconds: Histogram;

  constructor(registry: MetricsRegistry, @Inject(CHANNEL_PROVIDERS) providers: ChannelProviders) {
    this.#handOvers = {
      EMAIL: handOvers(registry, 'portillon_mail_total', 'Mails given to a relay, by what came of it.'),
      SMS: handOvers(registry, 'portillon_sms_total', 'SMS given to a provider, by what came of it.'),
    };
    this.#seconds = new Histogram({
      name: 'portillon_delivery_seconds',
      help: 'How long a provider that took a message, or may have, took to answer.',
      labelNames: ['channel', 'provider'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers: [registry],
    });
    addBreakers(registry, providers);
    for (const channel of CHANNELS)
      for (const { name } of providers[channel]) this.#startAtZero(channel, name);
  }

  /** Counts what comes of `send`, of one message to one provider. */
  async measured(
    channel: NotificationChannel,
    provider: string,
    send: () => Promise<SendAttempt>,
  ): Promise<SendAttempt> {
    const begun = performance.now();
    const attempt = await send();
    this.#handOvers[channel].inc({ provider, outcome: attempt.status });
    if (attempt.status === 'sent' || attempt.status === 'unconfirmed')
      this.#seconds.observe({ channel, provider }, (performance.now() - begun) / SECOND);
    return attempt;
  }

  #startAtZero(channel: NotificationChannel, provider: string): void {
    for (const outcome of OUTCOMES) this.#handOvers[channel].inc({ provider, outcome }, 0);
  }
}

function handOvers(registry: MetricsRegistry, name: string, help: string): Counter {
  return new Counter({ name, help, labelNames: ['provider', 'outcome'], registers: [registry] });
}

function addBreakers(registry: MetricsRegistry, providers: ChannelProviders): void {
  new Gauge({
    name: 'portillon_provider_open',
    help: '1: the provider is left alone, since messages to it failed.',
    labelNames: ['channel', 'provider'],
    registers: [registry],
    collect() {
      for (const channel of CHANNELS)
        for (const { name, closed } of providers[channel])
          this.set({ channel, provider: name }, closed ? 0 : 1);
    },
  });
}
