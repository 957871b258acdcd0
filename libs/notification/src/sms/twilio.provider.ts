import type { Agent } from 'node:http';
import { Clock, SECOND } from '@portillon/kernel';
import twilio from 'twilio';
import type { ChannelProvider, SendAttempt, SendContext } from '../channels/channel-provider.types';
import type { SmsMessage } from '../message.types';
import { TwilioConnectionError } from './twilio-connection.error';
import { keepAliveAgent, TwilioRequestClient } from './twilio.request-client';

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** The sending number or name; or else `messagingServiceSid`. */
  from?: string;
  messagingServiceSid?: string;
  /** What its messages are for, in Twilio's own word, such as `otp`: carriers treat them accordingly. */
  messageIntent?: string;
  /** Another base URL for the REST API: a test server, a proxy. */
  apiUrl?: string;
  /** Where Twilio reports what became of a message; `id` (of the outbox) is added to its query. */
  statusCallbackUrl?: string;
}

/** What Twilio takes as a validity period, in seconds. */
const [SHORTEST_VALIDITY, LONGEST_VALIDITY] = [1, 36_000];
const TWILIO_API = 'https://api.twilio.com';

/** SMS through Twilio. */
export class TwilioProvider implements ChannelProvider<SmsMessage> {
  readonly name = 'twilio';
  readonly #apiUrl: string;
  readonly #agent: Agent;

  /** @throws Error naming, never showing, the option that is wrong. */
  constructor(
    private readonly options: TwilioOptions,
    private readonly clock: Clock,
  ) {
    refuseWrong(options);
    this.#apiUrl = (options.apiUrl ?? TWILIO_API).replace(/\/+$/, '');
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
      // Twilio keeps neither the code nor the number once it has sent them.
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

  close(): void {
    this.#agent.destroy();
  }

  #client(signal: AbortSignal) {
    const httpClient = new TwilioRequestClient(this.#apiUrl, this.#agent, signal);
    return twilio(this.options.accountSid, this.options.authToken, { httpClient });
  }

  /** How long Twilio may go on trying, in seconds: by default it delivers a code ten hours after its death. */
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

/** @throws Error naming, never showing, the option that is wrong. */
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

/** A gateway that lost the answer does not know whether the request behind it was done. */
const LOST_ANSWER = new Set([502, 504]);

/** What a failed sending means: Twilio's status tells, and without one whether it may have got the request. */
function twilioFailure(error: unknown): SendAttempt {
  if (error instanceof TwilioConnectionError) return connectionFailure(error);
  const { status = 0, code } = error as { status?: number; code?: number };
  const reason = code ? `twilio ${status} ${code}` : `twilio ${status}`;
  if (LOST_ANSWER.has(status)) return { status: 'unconfirmed', reason };
  if (status === 429 || status >= 500) return { status: 'deferred', reason, providerFault: true };
  if (status === 400) return { status: 'refused', reason };
  if (status >= 300) return { status: 'unusable', reason };
  return { status: 'unconfirmed', reason: error instanceof Error ? error.name : 'error' };
}

function connectionFailure({ code, handedOver }: TwilioConnectionError): SendAttempt {
  const reason = `twilio ${code}`;
  if (handedOver) return { status: 'unconfirmed', reason };
  if (code === 'ERR_CANCELED') return { status: 'unusable', reason };
  return { status: 'deferred', reason, providerFault: true };
}
