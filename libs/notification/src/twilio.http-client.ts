import { Agent as HttpAgent, ClientRequest, IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';

/** The connection failed. `handedOver` tells whether Twilio may have got the request. */
export class TwilioConnectionError extends Error {
  override readonly name = 'TwilioConnectionError';

  constructor(
    readonly code: string,
    readonly handedOver: boolean,
  ) {
    super(`connection to Twilio failed: ${code}`);
  }
}

/** What the SDK hands to its HTTP client. */
interface SdkRequest {
  method: string;
  uri: string;
  username?: string;
  password?: string;
  headers?: Record<string, string>;
  data?: Record<string, unknown>;
}

interface SdkResponse {
  statusCode: number;
  body: unknown;
}

const IDLE_SOCKET_MS = 4_000;
const LARGEST_ANSWER_BYTES = 64 * 1_024;

/** Keeps connections open between messages, less long than a server does: a stale one would leave a message unconfirmed. */
export function keepAliveAgent(apiUrl: string): HttpAgent {
  const options = { keepAlive: true, maxSockets: 20, timeout: IDLE_SOCKET_MS };
  return apiUrl.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}

/**
 * The HTTP client of one message for the Twilio SDK, in place of its own, which has no other base URL, cannot be
 * cancelled, and does not say whether a request that failed had reached the server.
 */
export class TwilioHttpClient {
  constructor(
    private readonly apiUrl: string,
    private readonly agent: HttpAgent,
    private readonly signal: AbortSignal,
  ) {}

  request(options: SdkRequest): Promise<SdkResponse> {
    const url = new URL(options.uri.replace(/^https:\/\/[^/]+/, this.apiUrl));
    const body = form(options.data ?? {});
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request = send(url, {
        method: options.method,
        headers: { ...options.headers, 'Content-Length': Buffer.byteLength(body) },
        auth: `${options.username}:${options.password}`,
        agent: this.agent,
        signal: this.signal,
      });
      const handedOver = follow(request);
      const fail = (error: NodeJS.ErrnoException) =>
        reject(new TwilioConnectionError(error.code ?? error.name, handedOver()));
      request.on('error', fail);
      request.on('response', (response) => readJson(response).then(resolve, fail));
      request.end(body);
    });
  }
}

/** Whether the request was on a connection that stood: from there on its bytes may have arrived. */
function follow(request: ClientRequest): () => boolean {
  let standing = false;
  request.on('socket', (socket) => {
    standing = request.reusedSocket;
    // A socket that stands already would keep the listener of every message that it carries.
    if (standing) return;
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => (standing = true));
  });
  return () => standing;
}

function form(data: Record<string, unknown>): string {
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}

async function readJson(response: IncomingMessage): Promise<SdkResponse> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += chunk;
    if (text.length > LARGEST_ANSWER_BYTES) throw Object.assign(new Error(), { code: 'ANSWER_TOO_LARGE' });
  }
  return { statusCode: response.statusCode ?? 0, body: parse(text) };
}

/** A proxy's error page is no JSON; its status says enough. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
