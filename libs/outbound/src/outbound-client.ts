import { rootCertificates } from 'node:tls';
import { Agent, Dispatcher, request } from 'undici';
import { guardedLookup } from './guarded-lookup';
import type { HostResolver } from './guarded-lookup';
import type { OutboundOptions } from './outbound.options';
import type { OutboundAnswer, OutboundRequest } from './outbound.types';

const MAX_ANSWER_BYTES = 256 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

/** Sends requests to checked addresses only. Each has a new connection, so that none relies on an old check. */
export class OutboundClient {
  readonly #agent: Agent;

  constructor({ allow, authorities }: OutboundOptions, resolver: HostResolver) {
    this.#agent = new Agent({
      pipelining: 0,
      maxResponseSize: MAX_ANSWER_BYTES,
      connect: {
        lookup: guardedLookup(resolver, allow),
        timeout: CONNECT_TIMEOUT_MS,
        ...(authorities ? { ca: [...rootCertificates, authorities] } : {}),
      },
    });
  }

  /** Sends a request. @throws Error of undici or of the look-up */
  async ask(url: string, asked: Omit<OutboundRequest, 'timeoutMs'>, signal: AbortSignal) {
    return answerOf(await request(url, { ...asked, signal, dispatcher: this.#agent }));
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<OutboundAnswer> {
  const joined = Object.entries(headers).map(([name, value]) => [name, [value ?? []].flat().join(', ')]);
  const text = await body.text();
  return {
    outcome: 'answered',
    status: statusCode,
    headers: Object.fromEntries(joined) as Record<string, string>,
    body: text,
  };
}
