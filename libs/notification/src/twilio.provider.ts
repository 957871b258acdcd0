import type { Agent } from 'node:http';
import { Clock, SECOND } from '@portillon/kernel';
import type { SmsMessage } from './message';
import type { Provider, SendAttempt, SendContext } from './send-attempt';
import { keepAliveAgent, TwilioConnectionError, TwilioHttpClient } from './twilio.http-client';

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

type TwilioSdk = typeof import('twilio');
/** What Twilio takes as a validity period, in seconds. */
const [SHORTEST_VALIDITY, LONGEST_VALIDITY] = [1, 36_000];
const TWILIO_API = 'https://api.twilio.com';

/** SMS through Twilio. Its SDK, 13 MB, is loaded at the first message, or the first look at its health. */
export class TwilioProvider implements Provider<SmsMessage> {
  readonly name = 'twilio';
  readonly #apiUrl: string;
  readonly #agent: Agent;
  #sdk?: Promise<TwilioSdk>;

  constructor(
    private readonly options: TwilioOptions,
    private readonly clock: Clock,
  ) {
    this.#apiUrl = (options.apiUrl ?? TWILIO_API).replace(/\/+$/, '');
    this.#agent = keepAliveAgent(this.#apiUrl);
  }

  async send(message: SmsMessage, context: SendContext): Promise<SendAttempt> {
    const client = await this.#client(context.signal);
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
      return { status: 'sent', reference: (await client.messages.create(request)).sid };
    } catch (error) {
      return twilioFailure(error);
    }
  }

  async check(signal: AbortSignal): Promise<void> {
    const client = await this.#client(signal);
    const { status } = await client.api.v2010.accounts(this.options.accountSid).fetch();
    if (status !== 'active') throw new Error(`the account of Twilio is ${status}`);
  }

  close(): void {
    this.#agent.destroy();
  }

  async #client(signal: AbortSignal) {
    const sdk = await (this.#sdk ??= load());
    const httpClient = new TwilioHttpClient(this.#apiUrl, this.#agent, signal);
    return sdk(this.options.accountSid, this.options.authToken, { httpClient: httpClient as never });
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
export function checkTwilio(options: TwilioOptions): TwilioOptions {
  const { accountSid, authToken, from, messagingServiceSid, apiUrl, statusCallbackUrl } = options;
  if (!/^AC[0-9a-zA-Z]{32}$/.test(accountSid)) throw wrong('"accountSid" is malformed');
  if (!authToken) throw wrong('"authToken" is missing');
  if (Boolean(from) === Boolean(messagingServiceSid))
    throw wrong('either "from" or "messagingServiceSid" is needed');
  for (const [name, url] of Object.entries({ apiUrl, statusCallbackUrl })) {
    if (url && !(/^https?:\/\//.test(url) && URL.canParse(url))) throw wrong(`"${name}" is no HTTP URL`);
  }
  return options;
}

function wrong(what: string): Error {
  return new Error(`notification: Twilio: ${what}`);
}

async function load(): Promise<TwilioSdk> {
  return (await import('twilio')).default;
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
  if (code === 'ABORT_ERR') return { status: 'unusable', reason };
  return { status: 'deferred', reason, providerFault: true };
}
