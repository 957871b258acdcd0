import type { CustomFetch } from 'openid-client';
import {
  Agent as PlainAgent,
  ClientRequest,
  IncomingMessage,
  OutgoingHttpHeaders,
  request as plainRequest,
} from 'node:http';
import { Agent, request, RequestOptions } from 'node:https';
import type { ProviderOptions } from './pro-sante-connect.options';

/**
 * `fetch` for what PSC is asked: over connections that are kept, whole answers without streams and signals, at a small
 * part of the price of Node's own (docs/adr/0017); and with our certificate (RFC 8705), which Node's own takes from no
 * one. It follows no redirection, and waits for no answer longer than `timeoutMs`, to its last byte.
 */
export function providerFetch({
  timeoutMs = 0,
  authentication,
}: Pick<ProviderOptions, 'timeoutMs'> & Partial<ProviderOptions> = {}): CustomFetch & typeof fetch {
  const certificate = authentication && 'cert' in authentication ? authentication : undefined;
  const agents = { 'https:': new Agent({ keepAlive: true, ...certificate }), 'http:': plainAgent() };
  const ask = async (address: string, { method, headers, body }: Asked) => {
    const url = new URL(address);
    const agent = agents[url.protocol as keyof typeof agents];
    const options = { method, headers: plainHeaders(headers), agent };
    try {
      return await send(url, options, textOf(body), performance.now() + timeoutMs);
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') throw error;
      throw new TypeError('fetch failed', { cause: error });
    }
  };
  return ask as unknown as CustomFetch & typeof fetch;
}

interface Asked {
  method: string;
  headers: Headers | OutgoingHttpHeaders;
  body?: unknown;
}

/** As much of a `Response` as openid-client, jose and we read, of an answer that is here whole. */
class Answer {
  readonly body = null;
  readonly bodyUsed = false;

  constructor(
    readonly status: number,
    readonly headers: { get(name: string): string | null },
    private readonly content: Buffer,
  ) {}

  /** By which openid-client knows one. */
  get [Symbol.toStringTag](): string {
    return 'Response';
  }

  async text(): Promise<string> {
    return this.content.toString('utf8');
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.content.toString('utf8'));
  }

  clone(): Answer {
    return this;
  }
}

function plainAgent(): PlainAgent {
  return new PlainAgent({ keepAlive: true });
}

/** PSC may close a kept connection just as we use it; then it has not read what we sent. */
async function send(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
  until: number,
): Promise<Answer> {
  const { outgoing, answer } = ask(url, options, body, until);
  try {
    return await answer;
  } catch (error) {
    if (!outgoing.reusedSocket || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return send(url, options, body, until);
  }
}

function ask(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
  until: number,
): { outgoing: ClientRequest; answer: Promise<Answer> } {
  const outgoing = (url.protocol === 'https:' ? request : plainRequest)(url, options);
  const answer = new Promise<Answer>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new DOMException('PSC did not answer in time', 'TimeoutError'));
      outgoing.destroy();
    }, until - performance.now());
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      // Not as the request's own error: what was answered in part was read, and must not be sent again.
      const brokeOff = (cause: Error) => reject(new Error('the answer broke off', { cause }));
      outgoing.off('error', reject).on('error', brokeOff);
      incoming.on('error', brokeOff);
      read(incoming, resolve);
    });
    outgoing.on('close', () => clearTimeout(late));
  });
  outgoing.end(body);
  return { outgoing, answer };
}

function read(incoming: IncomingMessage, resolve: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  incoming.on('end', () => resolve(toAnswer(incoming, chunks)));
}

/** Of its headers, what kind of answer it is: nothing else is anybody's to act on. */
function toAnswer({ statusCode, headers }: IncomingMessage, chunks: Buffer[]): Answer {
  const type = headers['content-type'] ?? '';
  const get = (name: string) => (name === 'content-type' ? type : null);
  return new Answer(statusCode!, { get }, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
}

function plainHeaders(headers: Headers | OutgoingHttpHeaders): OutgoingHttpHeaders {
  return headers instanceof Headers ? Object.fromEntries(headers) : headers;
}

function textOf(body: unknown): string | undefined {
  return typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined;
}
