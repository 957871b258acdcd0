import { Clock, Keyring, SECOND } from '@portillon/kernel';
import { createHash } from 'node:crypto';
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
  ask,
  jsonOf,
  keepAliveAgent,
  ProviderAnswer,
  connectionFailure,
  ProviderConnectionError,
  statusFailure,
} from './provider-connection';
import { minutesLeft, apiUrl, capacity, neededTexts, ReceiptUrl, smsSender } from './sms-provider.types';
import type { SmsProviderCommon, SmsProviderDefinition } from './sms-provider.types';

export interface OvhOptions extends SmsProviderCommon {
  kind: 'ovh';
  applicationKey: string;
  applicationSecret: string;
  consumerKey: string;
  /** The SMS account: `sms-ab12345-1`. */
  serviceName: string;
  /** A sender of the account. */
  from: string;
  /** Base URL of another API: another region, a test server. */
  apiUrl?: string;
  /** URL for its reports: one for the account, with a keyed digest. */
  receiptUrl?: string;
}

const OVH_API = 'https://eu.api.ovh.com/1.0';
/**
 * Final values of `ptt` in a report (OVHcloud, « Everything you need to know about SMS users »). Below 4 the message
 * is on its way; with 6 the operator does not know.
 */
const STATES = new Map<string, ReceiptState>([
  ['4', 'delivered'],
  ['8', 'expired'],
  ...['5', '21', '23', '24', '25', '26', '27', '39', '73', '74'].map((code): [string, ReceiptState] => [
    code,
    'undelivered',
  ]),
  ...['20', '28', '29', '33', '76', '202'].map((code): [string, ReceiptState] => [code, 'rejected']),
]);

interface JobAnswer {
  ids?: unknown[];
  invalidReceivers?: unknown[];
}

/** Sends SMS through OVHcloud (`POST /sms/{serviceName}/jobs`). */
export class OvhProvider implements ChannelProvider<SmsMessage> {
  readonly name = 'ovh';
  readonly capacityPerSecond?: number;
  readonly #apiUrl: string;
  readonly #service: string;
  readonly #agent: Agent;
  readonly #receipts: ReceiptUrl | undefined;
  /** How far its clock is ahead of ours, seconds: its signatures are valid for a short time. */
  #drift?: Promise<number>;

  constructor(
    private readonly options: OvhOptions,
    private readonly clock: Clock,
    keyring: Keyring,
  ) {
    this.capacityPerSecond = options.capacityPerSecond;
    this.#apiUrl = (options.apiUrl ?? OVH_API).replace(/\/+$/, '');
    this.#service = `/sms/${encodeURIComponent(options.serviceName)}`;
    this.#agent = keepAliveAgent(this.#apiUrl);
    this.#receipts = options.receiptUrl ? new ReceiptUrl(keyring, this.name, options.receiptUrl) : undefined;
  }

  /** The URL to enter at OVHcloud, which has one for all messages. */
  get receiptUrl(): string | undefined {
    return this.#receipts?.of().href;
  }

  async send(message: SmsMessage, context: SendContext): Promise<SendAttempt> {
    const job = {
      charset: 'UTF-8',
      coding: '7bit',
      message: message.text,
      // Otherwise OVHcloud adds « STOP », and delays messages at night and on Sundays.
      noStopClause: true,
      priority: 'high',
      receivers: [message.to],
      sender: this.options.from,
      validityPeriod: minutesLeft(context.usefulUntil, this.clock),
    };
    try {
      return outcomeOf(
        await this.#call('POST', `${this.#service}/jobs`, JSON.stringify(job), context.signal),
      );
    } catch (error) {
      return connectionFailure(this.name, error);
    }
  }

  async check(signal: AbortSignal): Promise<void> {
    const answer = await this.#call('GET', this.#service, '', signal);
    const { status } = answer;
    const account = status === 200 ? objectOf<{ status?: string }>(answer) : {};
    if (account.status !== 'enable') throw new Error(`ovh answers ${status}, ${account.status ?? '-'}`);
  }

  async readReceipt({ url }: ReceiptRequest): Promise<ProviderReceipt | undefined> {
    const query = new URL(url).searchParams;
    // OVHcloud adds its id of the message as `id`; the digest covers the provider only.
    const own = new URL(url);
    own.searchParams.delete('id');
    if (!this.#receipts?.read(own.href)) return undefined;
    const code = query.get('ptt');
    return { reference: query.get('id') ?? '', state: STATES.get(code ?? '') ?? 'unknown', code };
  }

  close(): void {
    this.#agent.destroy();
  }

  /** Reads the drift again after a refusal: a clock may have been set. */
  async #call(method: 'GET' | 'POST', path: string, body: string, signal: AbortSignal) {
    const answer = await this.#signed(method, path, body, signal);
    if (answer.status === 400 || answer.status === 403) this.#drift = undefined;
    return answer;
  }

  async #signed(method: 'GET' | 'POST', path: string, body: string, signal: AbortSignal) {
    const { applicationKey, applicationSecret, consumerKey } = this.options;
    const url = `${this.#apiUrl}${path}`;
    const timestamp = String(this.#seconds() + (await this.#driftOf(signal)));
    const signed = [applicationSecret, consumerKey, method, url, body, timestamp].join('+');
    const headers = {
      'content-type': 'application/json',
      'x-ovh-application': applicationKey,
      'x-ovh-consumer': consumerKey,
      'x-ovh-timestamp': timestamp,
      'x-ovh-signature': `$1$${createHash('sha1').update(signed).digest('hex')}`,
    };
    return ask({ method, url, headers, body }, this.#agent, signal);
  }

  #driftOf(signal: AbortSignal): Promise<number> {
    this.#drift ??= this.#askDrift(signal).catch((error: unknown) => {
      this.#drift = undefined;
      throw error;
    });
    return this.#drift;
  }

  /** Reads the drift. @throws ProviderConnectionError, as for a request without a message */
  async #askDrift(signal: AbortSignal): Promise<number> {
    const time = { method: 'GET', url: `${this.#apiUrl}/auth/time`, headers: {} } as const;
    const answer = await ask(time, this.#agent, signal).catch((error: ProviderConnectionError) => {
      throw new ProviderConnectionError(error.code, false);
    });
    const seconds = Number(answer.body);
    if (!Number.isInteger(seconds) || seconds <= 0) throw new ProviderConnectionError('no time', false);
    return seconds - this.#seconds();
  }

  #seconds(): number {
    return Math.floor(this.clock.now().getTime() / SECOND);
  }
}

function outcomeOf(answer: ProviderAnswer): SendAttempt {
  const { status } = answer;
  const reason = `ovh ${status}`;
  const failure = statusFailure(status, reason);
  if (failure) return failure;
  if (status !== 200) return { status: 'unusable', reason };
  const { ids = [], invalidReceivers = [] } = objectOf<JobAnswer>(answer);
  if (ids.length > 0) return { status: 'sent', reference: String(ids[0]) };
  if (invalidReceivers.length > 0) return { status: 'refused', reason: 'ovh invalid receiver' };
  return { status: 'unconfirmed', reason: 'ovh answer malformed' };
}

function objectOf<Fields>(answer: ProviderAnswer): Partial<Fields> {
  return jsonOf(answer) ?? {};
}

const SERVICE = /^sms-[a-z0-9]+-\d+$/;
const NEEDED = {
  applicationKey: 'OVH_APPLICATION_KEY',
  applicationSecret: 'OVH_APPLICATION_SECRET',
  consumerKey: 'OVH_CONSUMER_KEY',
  serviceName: 'OVH_SMS_SERVICE',
  from: 'OVH_SENDER',
};

export const ovh: SmsProviderDefinition<'ovh', OvhOptions> = {
  kind: 'ovh',
  secrets: ['OVH_APPLICATION_SECRET', 'OVH_CONSUMER_KEY'],
  read(settings, { isNamed, reportUrl }) {
    settings.formed('OVH_SMS_SERVICE', SERVICE, 'an SMS account such as sms-ab12345-1');
    smsSender(settings, 'OVH_SENDER');
    const access = { apiUrl: apiUrl(settings, 'OVH_API_URL'), ...capacity(settings, 'OVH_PER_SECOND') };
    const account = neededTexts(settings, NEEDED, isNamed);
    return account && { kind: 'ovh', ...account, ...access, receiptUrl: reportUrl };
  },
  addressOf: (options) => options.apiUrl ?? OVH_API,
  open: (options, clock, keyring) => new OvhProvider(options, clock, keyring),
};
