import { Inject, Injectable } from '@nestjs/common';
import { Clock, timeOfId, MetricsRegistry, SECOND } from '@portillon/kernel';
import { Counter, Histogram } from 'prom-client';
import { LOST, NotificationRepository } from '../notification.repository';
import type { ReceiptRow } from '../notification.repository';
import type { Receipt } from '../notification.types';
import { CHANNEL_PROVIDERS } from '../channels/guarded-provider';
import type { ChannelProviders } from '../channels/guarded-provider';
import type { ProviderReceipt, ReceiptRequest } from '../channels/channel-provider.types';

/** What is known of a message: the provider's last word where there is one, or else whether the message left. */
export function receiptOf({ state, settledAt, report, reportedAt }: ReceiptRow): Receipt {
  if (report === 'delivered') return { delivery: 'delivered', at: reportedAt };
  if (report && LOST.includes(report)) return { delivery: 'undelivered', at: reportedAt };
  if (state === 'FAILED') return { delivery: 'undelivered', at: settledAt };
  return state === 'SENT' ? { delivery: 'sent', at: settledAt } : { delivery: 'unconfirmed', at: null };
}

/** A number or a word. */
const CODE = /^[A-Za-z0-9 _-]{1,32}$/;

/** What providers of SMS report of the messages that they took. It is shown and measured, and decides nothing. */
@Injectable()
export class ReceiptService {
  readonly #receipts: Counter<'provider' | 'state'>;
  readonly #delivery: Histogram<'provider'>;

  constructor(
    @Inject(CHANNEL_PROVIDERS) private readonly providers: ChannelProviders,
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
    registry: MetricsRegistry,
  ) {
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

  /** Where providers report whose account is given one URL for all messages: its owner enters it there. */
  get accountUrls(): { provider: string; url: string }[] {
    return this.providers.SMS.flatMap(({ name: provider, receiptUrl: url }) =>
      url ? [{ provider, url }] : [],
    );
  }

  /** Whether it is proved to be the provider's; what ends a message's way is recorded, once. Without it, no statement runs. */
  async receive(provider: string, request: ReceiptRequest): Promise<boolean> {
    const receipt = await this.providers.SMS.find(({ name }) => name === provider)?.readReceipt(request);
    if (!receipt) return false;
    if (receipt.state !== 'unknown') await this.#record(provider, receipt);
    return true;
  }

  async #record(provider: string, { id, reference, state, code }: ProviderReceipt): Promise<void> {
    const message = id ?? (await this.notifications.findId(provider, reference ?? ''));
    if (!message) return;
    const now = this.clock.now();
    const reason = code && CODE.test(code) ? `${provider} ${code}` : null;
    const report = { id: message, provider, reference, report: state, reason };
    if (!(await this.notifications.report(report, now))) return;
    this.#receipts.inc({ provider, state });
    const tookMs = now.getTime() - timeOfId(message).getTime();
    if (state === 'delivered') this.#delivery.observe({ provider }, tookMs / SECOND);
  }
}

/** The objective is 97 % within 30 s; a code lives ten minutes. */
const SECONDS = [2, 5, 10, 20, 30, 60, 120, 300, 600];
