import { Clock, Keyring } from '@portillon/kernel';
import { outboundLookup, refusalOf } from '@portillon/outbound';
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
import {
  AnswerRule,
  HttpGateway,
  HttpGatewayOptions,
  readHttpGateway,
  ReceiptRule,
} from './http-gateway.options';
import {
  ask,
  jsonOf,
  keepAliveAgent,
  ProviderAnswer,
  connectionFailure,
  statusFailure,
} from './provider-connection';
import { minutesLeft, capacity, ReceiptUrl, smsSender } from './sms-provider.types';
import type { SettingsReader, SmsProviderDefinition } from './sms-provider.types';

const STATES = ['delivered', 'undelivered', 'expired', 'rejected'] as const;

/** Sends SMS through any HTTP gateway that a file describes. It follows no redirects. */
export class HttpGatewayProvider implements ChannelProvider<SmsMessage> {
  readonly name = 'http';
  readonly capacityPerSecond?: number;
  readonly #gateway: HttpGateway;
  readonly #agent: Agent;
  readonly #receipts: ReceiptUrl | undefined;

  /** Creates the provider. @throws Error when the rules for outgoing requests refuse the gateway's address */
  constructor(
    private readonly options: HttpGatewayOptions,
    private readonly clock: Clock,
    keyring: Keyring,
  ) {
    const { gateway, allow, receiptUrl, capacityPerSecond } = options;
    const refusal = refusalOf(gateway.url, allow);
    if (refusal)
      throw new Error(`The address of the SMS gateway is refused (${refusal}): see OUTBOUND_ALLOW`);
    this.capacityPerSecond = capacityPerSecond;
    this.#gateway = gateway;
    this.#agent = keepAliveAgent(gateway.url, outboundLookup(allow));
    this.#receipts =
      receiptUrl && gateway.receipt ? new ReceiptUrl(keyring, this.name, receiptUrl) : undefined;
  }

  async send(message: SmsMessage, context: SendContext): Promise<SendAttempt> {
    const values = this.#valuesOf(message, context);
    const { url, method = 'POST', headers = {} } = this.#gateway;
    const { type, body } = bodyOf(this.#gateway, values);
    const asked = {
      method,
      url: filled(url, mapped(values, encodeURIComponent)) as string,
      headers: { 'content-type': type, ...(filled(headers, values) as Record<string, string>) },
      body,
    };
    try {
      return outcomeOf(await ask(asked, this.#agent, context.signal), this.#gateway);
    } catch (error) {
      return connectionFailure(this.name, error);
    }
  }

  async readReceipt({ url, form }: ReceiptRequest): Promise<ProviderReceipt | undefined> {
    const query = this.#receipts?.read(url);
    const { receipt } = this.#gateway;
    if (!query || !receipt) return undefined;
    const code = query.get(receipt.state) ?? form[receipt.state] ?? null;
    return { id: query.get('id') ?? '', reference: null, state: stateOf(receipt, code), code };
  }

  close(): void {
    this.#agent.destroy();
  }

  #valuesOf({ to, text }: SmsMessage, { id, usefulUntil }: SendContext): Values {
    const { from = '', secret = '' } = this.options;
    return {
      ...{ text, from, secret, reference: id },
      number: this.#gateway.number === 'digits' ? to.replace(/^\+/, '') : to,
      minutes: String(minutesLeft(usefulUntil, this.clock)),
      receiptUrl: this.#receipts?.of(id).href ?? '',
    };
  }
}

type Values = Readonly<Record<string, string>>;

function bodyOf({ json, form }: HttpGateway, values: Values) {
  if (json !== undefined) return { type: 'application/json', body: JSON.stringify(filled(json, values)) };
  const fields = filled(form, values) as Record<string, string>;
  return { type: 'application/x-www-form-urlencoded', body: new URLSearchParams(fields).toString() };
}

/** Fills the placeholders of the template, each inside its own text: no value can add a field or a quote. */
function filled(template: unknown, values: Values): unknown {
  if (typeof template === 'string')
    return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
  if (Array.isArray(template)) return template.map((one) => filled(one, values));
  if (typeof template !== 'object' || template === null) return template;
  return mapped(template as Record<string, unknown>, (one) => filled(one, values));
}

function mapped<From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

function outcomeOf(answered: ProviderAnswer, gateway: HttpGateway): SendAttempt {
  const { status } = answered;
  const reason = `http ${status}`;
  const answer = jsonOf(answered);
  if (fits(gateway.sent, status, answer)) return sent(valueAt(answer, gateway.messageId));
  if (gateway.refused && fits(gateway.refused, status, answer)) return { status: 'refused', reason };
  if (gateway.later && fits(gateway.later, status, answer))
    return { status: 'deferred', reason, providerFault: true };
  return statusFailure(status, reason) ?? { status: 'unusable', reason };
}

function sent(messageId: unknown): SendAttempt {
  return typeof messageId === 'string' && messageId !== ''
    ? { status: 'sent', reference: messageId }
    : { status: 'sent' };
}

function fits({ status: statuses, value }: AnswerRule, status: number, answer: unknown): boolean {
  if (!statuses.includes(status)) return false;
  return value === undefined || value.oneOf.includes(valueAt(answer, value.path) as string);
}

/** Value at a path such as `messages.0.id`; nothing where it does not exist. */
function valueAt(answer: unknown, path = ''): unknown {
  if (!path) return undefined;
  return path
    .split('.')
    .reduce<unknown>(
      (at, step) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, step)
          ? (at as Record<string, unknown>)[step]
          : undefined,
      answer,
    );
}

function stateOf(receipt: ReceiptRule, code: string | null): ReceiptState {
  return STATES.find((state) => code !== null && receipt[state]?.includes(code)) ?? 'unknown';
}

export const http: SmsProviderDefinition<'http', HttpGatewayOptions> = {
  kind: 'http',
  secrets: ['SMS_HTTP_SECRET'],
  read(settings, { isNamed, reportUrl, outboundAllow }) {
    const file = settings.text('SMS_HTTP_FILE');
    const secret = settings.text('SMS_HTTP_SECRET') ?? undefined;
    const from = smsSender(settings, 'SMS_HTTP_SENDER') ?? undefined;
    const limits = capacity(settings, 'SMS_HTTP_PER_SECOND');
    if (!file && (isNamed || secret)) settings.refuse('SMS_HTTP_FILE', 'is required with the provider http');
    const gateway = file ? gatewayIn(settings, file) : undefined;
    if (!gateway) return null;
    return { kind: 'http', gateway, secret, from, receiptUrl: reportUrl, allow: outboundAllow, ...limits };
  },
  addressOf: ({ gateway }) => gateway.url,
  open: (options, clock, keyring) => new HttpGatewayProvider(options, clock, keyring),
};

function gatewayIn(settings: SettingsReader, file: string): HttpGateway | undefined {
  try {
    const content = settings.contentOf('SMS_HTTP_FILE', file);
    return content && readHttpGateway(content.toString());
  } catch (error) {
    settings.refuse('SMS_HTTP_FILE', (error as Error).message);
    return undefined;
  }
}
