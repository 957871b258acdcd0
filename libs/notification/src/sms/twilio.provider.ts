import type { Agent } from 'node:http';
import { Clock, SECOND } from '@portillon/kernel';
import twilio from 'twilio';
import type {
  ChannelProvider,
  ProviderReceipt,
  ReceiptRequest,
  ReceiptState,
  SendAttempt,
  SendContext,
} from '../channels/channel-provider.types';
import type { SmsMessage } from '../message.types';
import { keepAliveAgent } from './provider-connection';
import { connectionFailure, ProviderConnectionError, statusFailure } from './provider-connection';
import type { SmsProviderCommon } from './sms-provider.types';
import { TwilioRequestClient } from './twilio.request-client';

export interface TwilioOptions extends Omit<SmsProviderCommon, 'receiptUrl'> {
  kind?: 'twilio';
  accountSid: string;
  authToken: string;
  /** The sending number or name; otherwise `messagingServiceSid`. */
  from?: string;
  messagingServiceSid?: string;
  /** Purpose of its messages, in Twilio's word, such as `otp`: carriers treat them accordingly. */
  messageIntent?: string;
  /** Base URL of another REST API: a test server, a proxy. */
  apiUrl?: string;
  /** URL for Twilio's reports; `id` (of the outbox) is added to its query. */
  statusCallbackUrl?: string;
}

/** Range of Twilio's validity period, seconds. */
const [SHORTEST_VALIDITY, LONGEST_VALIDITY] = [1, 36_000];
/** Final states of a message, in Twilio's words. */
const STATES = new Map<string, ReceiptState>([
  ['delivered', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'undelivered'],
]);

/** Sends SMS through Twilio. */
export class TwilioProvider implements ChannelProvider<SmsMessage> {
  readonly name = 'twilio';
  readonly capacityPerSecond?: number;
  readonly #apiUrl: string;
  readonly #agent: Agent;

  /** Creates the provider. @throws Error naming, never showing, the option that is wrong */
  constructor(
    private readonly options: TwilioOptions,
    private readonly clock: Clock,
  ) {
    refuseWrong(options);
    this.capacityPerSecond = options.capacityPerSecond;
    this.#apiUrl = (options.apiUrl ?? 'https://api.twilio.com').replace(/\/+$/, '');
    this.#agent = keepAliveAgent(this.#apiUrl);
  }

  async send(message: SmsMessage, context: SendContext): Promise<SendAttempt> {
    const { from, messagingServiceSid, messageIntent } = this.options;
    const request = {
      to: message.to,
      body: message.text,
      from,
      messagingServiceSid,
      messageIntent,
      validityPeriod: this.#validity(context.usefulUntil),
      // Twilio deletes the text and the number after sending.
      contentRetention: 'discard',
      addressRetention: 'obfuscate',
      statusCallback: this.#statusCallback(context.id),
    } as const;
    try {
      return { status: 'sent', reference: (await this.#client(context.signal).messages.create(request)).sid };
    } catch (error) {
      return twilioFailure(error);
    }
  }

  async check(signal: AbortSignal): Promise<void> {
    const { status } = await this.#client(signal).api.v2010.accounts(this.options.accountSid).fetch();
    if (status !== 'active') throw new Error(`the account of Twilio is ${status}`);
  }

  /** Twilio signs the whole URL and form. */
  async readReceipt({ url, headers, form }: ReceiptRequest): Promise<ProviderReceipt | undefined> {
    const signature = String(headers['x-twilio-signature'] ?? '');
    if (!signature || !twilio.validateRequest(this.options.authToken, signature, url, { ...form }))
      return undefined;
    return {
      id: new URL(url).searchParams.get('id') ?? '',
      reference: form['MessageSid'] ?? '',
      state: STATES.get(form['MessageStatus'] ?? '') ?? 'unknown',
      code: form['ErrorCode'] ?? null,
    };
  }

  close(): void {
    this.#agent.destroy();
  }

  #client(signal: AbortSignal) {
    const httpClient = new TwilioRequestClient(this.#apiUrl, this.#agent, signal);
    return twilio(this.options.accountSid, this.options.authToken, { httpClient });
  }

  /** Validity at Twilio, seconds: by default it would deliver a code ten hours after its expiry. */
  #validity(usefulUntil: Date): number {
    const left = Math.floor((usefulUntil.getTime() - this.clock.now().getTime()) / SECOND);
    return Math.min(Math.max(left, SHORTEST_VALIDITY), LONGEST_VALIDITY);
  }

  #statusCallback(id: string): string | undefined {
    if (!this.options.statusCallbackUrl) return undefined;
    const url = new URL(this.options.statusCallbackUrl);
    url.searchParams.set('id', id);
    return url.href;
  }
}

/** Checks the options. @throws Error naming, never showing, the option that is wrong */
function refuseWrong(options: TwilioOptions): void {
  const { accountSid, authToken, from, messagingServiceSid, apiUrl, statusCallbackUrl } = options;
  if (!/^AC[0-9a-zA-Z]{32}$/.test(accountSid)) throw wrong('"accountSid" is malformed');
  if (!authToken) throw wrong('"authToken" is missing');
  if (Boolean(from) === Boolean(messagingServiceSid))
    throw wrong('either "from" or "messagingServiceSid" is needed');
  for (const [name, url] of Object.entries({ apiUrl, statusCallbackUrl })) {
    if (url && !(/^https?:\/\//.test(url) && URL.canParse(url))) throw wrong(`"${name}" is no HTTP URL`);
  }
}

function wrong(what: string): Error {
  return new Error(`notification: Twilio: ${what}`);
}

/** Classifies a failed sending by Twilio's status; without one, by whether Twilio may have received the request. */
function twilioFailure(error: unknown): SendAttempt {
  if (error instanceof ProviderConnectionError) return connectionFailure('twilio', error);
  const { status = 0, code } = error as { status?: number; code?: number };
  const reason = code ? `twilio ${status} ${code}` : `twilio ${status}`;
  const failure = statusFailure(status, reason);
  if (failure) return failure;
  if (status === 400) return { status: 'refused', reason };
  if (status >= 300) return { status: 'unusable', reason };
  return { status: 'unconfirmed', reason: error instanceof Error ? error.name : 'error' };
}
