import type { CustomFetch } from 'openid-client';
import { Agent as PlainAgent, ClientRequest, IncomingMessage, request as plainRequest } from 'node:http';
import { Agent, request, RequestOptions } from 'node:https';

/**
 * `fetch` for what PSC is asked: over connections that are kept, at a third of the price of Node's own; and with our
 * certificate (RFC 8705), which Node's own takes from no one. It follows no redirection.
 */
export function providerFetch(certificate?: { cert: string; key: string }): CustomFetch {
  const agents = { 'https:': new Agent({ keepAlive: true, ...certificate }), 'http:': plainAgent() };
  return async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    const agent = agents[url.protocol as keyof typeof agents];
    const options = { method, headers: Object.fromEntries(new Headers(headers)), agent };
    try {
      return await send(url, { ...options, signal: signal ?? undefined }, textOf(body));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw new TypeError('fetch failed', { cause: error });
    }
  };
}

function plainAgent(): PlainAgent {
  return new PlainAgent({ keepAlive: true });
}

/** PSC may close a kept connection just as we use it; then it has not read what we sent. */
async function send(url: URL, options: RequestOptions, body: string | undefined): Promise<Response> {
  const { outgoing, answer } = ask(url, options, body);
  try {
    return await answer;
  } catch (error) {
    if (!outgoing.reusedSocket || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error;
    return send(url, options, body);
  }
}

function ask(
  url: URL,
  options: RequestOptions,
  body: string | undefined,
): { outgoing: ClientRequest; answer: Promise<Response> } {
  const outgoing = (url.protocol === 'https:' ? request : plainRequest)(url, options);
  const answer = new Promise<Response>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      // Not as the request's own error: what was answered in part was read, and must not be sent again.
      incoming.on('error', (cause) => reject(new Error('the answer broke off', { cause })));
      incoming.on('end', () => resolve(toResponse(incoming, chunks)));
    });
  });
  outgoing.end(body);
  return { outgoing, answer };
}

function toResponse({ statusCode, headers }: IncomingMessage, chunks: Buffer[]): Response {
  const status = statusCode!;
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : Buffer.concat(chunks), {
    status,
    headers: { 'content-type': headers['content-type'] ?? '' },
  });
}

function textOf(body: unknown): string | undefined {
  return typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined;
}
