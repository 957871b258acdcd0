import type { Agent } from 'node:http';
import type { Clock, Keyring } from '@portillon/kernel';
import type {
  ChannelProvider,
  ProviderReceipt,
  ReceiptRequest,
  ReceiptState,
  SendAttempt,
  SendContext,
} from '../channels/channel-provider.types';
import type { SmsMessage } from '../message.types';
import { ask, jsonOf, keepAliveAgent, connectionFailure, statusFailure } from './provider-connection';
import { apiUrl, capacity, minutesLeft, neededTexts, ReceiptUrl, smsSender } from './sms-provider.types';
import type { SmsProviderCommon, SmsProviderDefinition } from './sms-provider.types';

export interface ParrotOptions extends SmsProviderCommon {
  kind: 'parrot';
  url: string;
  token: string;
  /** The sending number or name. */
  from: string;
}

const STATES = new Map<string, ReceiptState>([
  ['arrived', 'delivered'],
  ['lost', 'undelivered'],
]);

/** SMS through Parrot. */
export class ParrotProvider implements ChannelProvider<SmsMessage> {
  readonly name = 'parrot';
  readonly capacityPerSecond?: number;
  readonly #agent: Agent;
  readonly #receipts: ReceiptUrl | undefined;

  constructor(
    private readonly options: ParrotOptions,
    private readonly clock: Clock,
    keyring: Keyring,
  ) {
    const { url, capacityPerSecond, receiptUrl } = options;
    this.capacityPerSecond = capacityPerSecond;
    this.#agent = keepAliveAgent(url);
    this.#receipts = receiptUrl ? new ReceiptUrl(keyring, this.name, receiptUrl) : undefined;
  }

  async send({ to, text }: SmsMessage, { id, usefulUntil, signal }: SendContext): Promise<SendAttempt> {
    const { url, token, from } = this.options;
    const minutes = minutesLeft(usefulUntil, this.clock);
    const body = JSON.stringify({ to, from, text, minutes, report: this.#receipts?.of(id).href });
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    try {
      const answer = await ask({ method: 'POST', url, headers, body }, this.#agent, signal);
      const { id: reference } = (jsonOf(answer) ?? {}) as { id?: string };
      if (answer.status === 201 && reference) return { status: 'sent', reference };
      const reason = `parrot ${answer.status}`;
      return statusFailure(answer.status, reason) ?? { status: 'unusable', reason };
    } catch (error) {
      return connectionFailure(this.name, error);
    }
  }

  async readReceipt({ url, form }: ReceiptRequest): Promise<ProviderReceipt | undefined> {
    const query = this.#receipts?.read(url);
    if (!query) return undefined;
    const code = form['state'] ?? null;
    return { id: query.get('id') ?? '', reference: null, state: STATES.get(code ?? '') ?? 'unknown', code };
  }

  close(): void {
    this.#agent.destroy();
  }
}

const NEEDED = { url: 'PARROT_URL', token: 'PARROT_TOKEN', from: 'PARROT_SENDER' };

export const parrot: SmsProviderDefinition<'parrot', ParrotOptions> = {
  kind: 'parrot',
  secrets: ['PARROT_TOKEN'],
  read(settings, { isNamed, reportUrl }) {
    apiUrl(settings, 'PARROT_URL');
    smsSender(settings, 'PARROT_SENDER');
    const limits = capacity(settings, 'PARROT_PER_SECOND');
    const account = neededTexts(settings, NEEDED, isNamed);
    return account && { kind: 'parrot', ...account, ...limits, receiptUrl: reportUrl };
  },
  addressOf: ({ url }) => url,
  open: (options, clock, keyring) => new ParrotProvider(options, clock, keyring),
};
