import { Injectable } from '@nestjs/common';
import { MetricsRegistry, SECOND } from '@portillon/kernel';
import { Counter, Histogram } from 'prom-client';
import type { ReceiptState } from '../channels/channel-provider.types';

/** The objective is 97 % within 30 s; a code lives ten minutes. */
const SECONDS = [2, 5, 10, 20, 30, 60, 120, 300, 600];

/** What providers of SMS report. */
@Injectable()
export class ReceiptMetrics {
  readonly #receipts: Counter<'provider' | 'state'>;
  readonly #delivery: Histogram<'provider'>;

  constructor(registry: MetricsRegistry) {
    this.#receipts = new Counter({
      name: 'portillon_sms_receipts_total',
      help: 'SMS of which a provider reported the end, each counted once.',
      labelNames: ['provider', 'state'],
      registers: [registry],
    });
    this.#delivery = new Histogram({
      name: 'portillon_sms_delivery_seconds',
      help: 'From the request for an SMS to the report that the phone has it.',
      labelNames: ['provider'],
      buckets: SECONDS,
      registers: [registry],
    });
  }

  count(provider: string, state: ReceiptState, tookMs: number): void {
    this.#receipts.inc({ provider, state });
    if (state === 'delivered') this.#delivery.observe({ provider }, tookMs / SECOND);
  }
}
