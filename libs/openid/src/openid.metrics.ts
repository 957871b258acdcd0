import { Injectable } from '@nestjs/common';
import { FindingRegistry, MetricsRegistry, SECOND } from '@portillon/kernel';
import type Provider from 'oidc-provider';
import { Counter, Gauge } from 'prom-client';
import './keys/signing-key.findings';

/** Metrics of the provider's answers and of sign-out notices. */
@Injectable()
export class OpenidMetrics {
  readonly #entries: Counter;
  readonly #logouts: Counter;

  constructor(registry: MetricsRegistry, findings: FindingRegistry) {
    this.#entries = new Counter({
      name: 'portillon_provider_entries_total',
      help: 'Authorization requests of applications: success, or the error that they were answered.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.#logouts = new Counter({
      name: 'portillon_back_channel_logouts_total',
      help: 'Notices of the end of a session to an application: delivered, failed and tried again, given up.',
      labelNames: ['outcome'],
      registers: [registry],
    });
    this.#entries.inc({ outcome: 'success' }, 0);
    for (const outcome of ['delivered', 'failed', 'given-up']) this.#logouts.inc({ outcome }, 0);
    addSigningKeys(registry, findings);
  }

  /** Counts by the errors' own codes, of which the library and the protocol have a few. */
  follow(provider: Provider): void {
    provider.on('authorization.success', () => this.#entries.inc({ outcome: 'success' }));
    provider.on('authorization.error', (_ctx, { error }) => this.#entries.inc({ outcome: error }));
  }

  countLogout(outcome: 'delivered' | 'failed' | 'given-up'): void {
    this.#logouts.inc({ outcome });
  }
}

function addSigningKeys(registry: MetricsRegistry, findings: FindingRegistry): void {
  const since = new Gauge({
    name: 'portillon_signing_keys_timestamp_seconds',
    help: 'Since when the oldest key signs that applications know. Nothing before the first request of one.',
    registers: [registry],
  });
  registry.readAtScrape([since], async () => {
    const { values } = await findings.find('signing');
    if (values.since) since.set(values.since.getTime() / SECOND);
  });
}
