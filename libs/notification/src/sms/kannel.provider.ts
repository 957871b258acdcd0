import { Clock, Keyring } from '@portillon/kernel';
import type { Agent } from 'node:http';
import type {
  ChannelProvider,
  ProviderReceipt,
  ReceiptRequest,
  ReceiptState,
  SendAttempt,
  SendContext,
} from '../channels/channel-provider.types';
import type { SmsMessage } from '../message.types';
import { ask, keepAliveAgent, connectionFailure, statusFailure } from './provider-connection';
import { minutesLeft, apiUrl, capacity, neededTexts, ReceiptUrl, smsSender } from './sms-provider.types';
import type { SmsProviderCommon, SmsProviderDefinition } from './sms-provider.types';

/** Kannel, which connects to any operator by SMPP. */
export interface KannelOptions extends SmsProviderCommon {
  kind: 'kannel';
  /** URL of its smsbox: `http://127.0.0.1:13013/cgi-bin/sendsms`. */
  sendUrl: string;
  username: string;
  password: string;
  /** The sending number or name. */
  from: string;
}

const TAKEN = 202;
/** `dlr-mask`: delivered to the phone (1), not delivered (2), rejected by the operator (16). */
const DLR_MASK = '19';
const STATES = new Map<string, ReceiptState>([
  ['1', 'delivered'],
  ['2', 'undelivered'],
  ['16', 'rejected'],
]);

/** Sends SMS through Kannel's smsbox (User's Guide, « SMS push »). */
export class KannelProvider implements ChannelProvider<SmsMessage> {
  readonly name = 'kannel';
  readonly capacityPerSecond?: number;
  readonly #agent: Agent;
  readonly #receipts: ReceiptUrl | undefined;

  constructor(
    private readonly options: KannelOptions,
    private readonly clock: Clock,
    keyring: Keyring,
  ) {
    this.capacityPerSecond = options.capacityPerSecond;
    this.#agent = keepAliveAgent(options.sendUrl);
    this.#receipts = options.receiptUrl ? new ReceiptUrl(keyring, this.name, options.receiptUrl) : undefined;
  }

  async send(message: SmsMessage, context: SendContext): Promise<SendAttempt> {
    const headers = {
      ...this.#headers(message.to),
      'x-kannel-validity': String(minutesLeft(context.usefulUntil, this.clock)),
      ...this.#reportHeaders(context.id),
    };
    try {
      const { status } = await this.#post(headers, message.text, context.signal);
      return outcomeOf(status);
    } catch (error) {
      return connectionFailure(this.name, error);
    }
  }

  /** Without a number Kannel checks the password and accepts no message. */
  async check(signal: AbortSignal): Promise<void> {
    const { status } = await this.#post(this.#headers(''), '', signal);
    if (status === 401 || status === 403 || status >= 500) throw new Error(`kannel answers ${status}`);
  }

  async readReceipt({ url }: ReceiptRequest): Promise<ProviderReceipt | undefined> {
    const query = this.#receipts?.read(url);
    if (!query) return undefined;
    const code = query.get('status');
    return { id: query.get('id') ?? '', reference: null, state: STATES.get(code ?? '') ?? 'unknown', code };
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Headers rather than the URL: Kannel and proxies log URLs. */
  #headers(to: string): Record<string, string> {
    const { username, password, from } = this.options;
    return {
      'content-type': 'text/plain; charset=UTF-8',
      'x-kannel-username': username,
      'x-kannel-password': password,
      'x-kannel-from': from,
      'x-kannel-to': to,
      'x-kannel-coding': '0',
    };
  }

  /** `%d` is the only placeholder: the operator's other texts may contain the message, with its code. */
  #reportHeaders(id: string): Record<string, string> {
    if (!this.#receipts) return {};
    return { 'x-kannel-dlr-mask': DLR_MASK, 'x-kannel-dlr-url': `${this.#receipts.of(id).href}&status=%d` };
  }

  #post(headers: Record<string, string>, body: string, signal: AbortSignal) {
    return ask({ method: 'POST', url: this.options.sendUrl, headers, body }, this.#agent, signal);
  }
}

function outcomeOf(status: number): SendAttempt {
  if (status === TAKEN) return { status: 'sent' };
  const reason = `kannel ${status}`;
  return statusFailure(status, reason) ?? { status: 'unusable', reason };
}

const NEEDED = {
  sendUrl: 'KANNEL_URL',
  username: 'KANNEL_USERNAME',
  password: 'KANNEL_PASSWORD',
  from: 'KANNEL_SENDER',
};

export const kannel: SmsProviderDefinition<'kannel', KannelOptions> = {
  kind: 'kannel',
  secrets: ['KANNEL_PASSWORD'],
  read(settings, { isNamed, reportUrl }) {
    apiUrl(settings, 'KANNEL_URL');
    smsSender(settings, 'KANNEL_SENDER');
    const limits = capacity(settings, 'KANNEL_PER_SECOND');
    const account = neededTexts(settings, NEEDED, isNamed);
    return account && { kind: 'kannel', ...account, ...limits, receiptUrl: reportUrl };
  },
  addressOf: ({ sendUrl }) => sendUrl,
  open: (options, clock, keyring) => new KannelProvider(options, clock, keyring),
};
