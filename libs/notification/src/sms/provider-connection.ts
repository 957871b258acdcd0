import { Agent as HttpAgent, ClientRequest, IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SendAttempt } from '../channels/channel-provider.types';

const IDLE_SOCKET_MS = 4_000;
export const LARGEST_ANSWER_BYTES = 64 * 1_024;

export interface ProviderRequest {
  method: 'GET' | 'POST' | 'PUT';
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface ProviderAnswer {
  status: number;
  body: string;
}

/** Keeps connections open between messages, for less time than servers do: a stale one would leave a message unconfirmed. */
export function keepAliveAgent(url: string, lookup?: LookupFunction): HttpAgent {
  const options = { keepAlive: true, maxSockets: 20, timeout: IDLE_SOCKET_MS, ...(lookup && { lookup }) };
  return url.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}

/** Returns whether the request had an open connection: from then its bytes may have arrived. */
export function follow(request: ClientRequest): () => boolean {
  let standing = false;
  request.on('socket', (socket) => {
    standing = request.reusedSocket;
    // An open socket would collect a listener for every message.
    if (standing) return;
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => (standing = true));
  });
  return () => standing;
}

/** Sends a request to a provider once. @throws ProviderConnectionError without a complete answer */
export async function ask(
  { method, url, headers, body = '' }: ProviderRequest,
  agent: HttpAgent,
  signal: AbortSignal,
): Promise<ProviderAnswer> {
  const open = url.startsWith('https:') ? httpsRequest : httpRequest;
  const length = String(Buffer.byteLength(body));
  const request = open(url, { method, agent, signal, headers: { ...headers, 'content-length': length } });
  const connected = follow(request);
  try {
    return await answerOf(request.end(body));
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    throw new ProviderConnectionError(signal.aborted ? 'ERR_CANCELED' : (code ?? name), connected());
  }
}

/** The JSON of an answer; nothing for another format. */
export function jsonOf({ body }: ProviderAnswer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

async function answerOf(request: ClientRequest): Promise<ProviderAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    request.once('response', resolve).once('error', reject),
  );
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > LARGEST_ANSWER_BYTES) throw new Error('answer without end');
  }
  return { status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() };
}

/** The connection failed. `handedOver`: whether the provider may have received the request. */
export class ProviderConnectionError extends Error {
  override readonly name = 'ProviderConnectionError';

  constructor(
    readonly code: string,
    readonly handedOver: boolean,
  ) {
    super(`connection to the provider failed: ${code}`);
  }
}

/** A gateway that lost the answer does not know whether the request was processed. */
const LOST_ANSWER = new Set([502, 504]);

/** Result of a message whose request failed. @throws any error that is not a failure of the connection */
export function connectionFailure(provider: string, error: unknown): SendAttempt {
  if (!(error instanceof ProviderConnectionError)) throw error;
  const { code, handedOver } = error;
  const reason = `${provider} ${code}`;
  if (handedOver) return { status: 'unconfirmed', reason };
  if (code === 'ERR_CANCELED') return { status: 'unusable', reason };
  return { status: 'deferred', reason, providerFault: true };
}

/** Result of a message that was not accepted, for HTTP statuses that mean the same at every provider. */
export function statusFailure(status: number, reason: string): SendAttempt | undefined {
  if (LOST_ANSWER.has(status)) return { status: 'unconfirmed', reason };
  if (status === 429 || status >= 500) return { status: 'deferred', reason, providerFault: true };
  return undefined;
}
