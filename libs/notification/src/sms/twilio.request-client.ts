import { Agent as HttpAgent, ClientRequest, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { TLSSocket } from 'node:tls';
import RequestClient from 'twilio/lib/base/RequestClient';
import { TwilioConnectionError } from './twilio-connection.error';

const IDLE_SOCKET_MS = 4_000;
const LARGEST_ANSWER_BYTES = 64 * 1_024;

/** Keeps connections open between messages, less long than a server does: a stale one would leave a message unconfirmed. */
export function keepAliveAgent(apiUrl: string): HttpAgent {
  const options = { keepAlive: true, maxSockets: 20, timeout: IDLE_SOCKET_MS };
  return apiUrl.startsWith('https:') ? new HttpsAgent(options) : new HttpAgent(options);
}

/**
 * The SDK's HTTP client for one message: it goes to another base URL, can be cancelled, and says whether a request that
 * failed may have reached the server.
 */
export class TwilioRequestClient extends RequestClient {
  #connected = () => false;

  constructor(
    private readonly apiUrl: string,
    agent: HttpAgent,
    signal: AbortSignal,
  ) {
    super();
    Object.assign(this.axios.defaults, {
      signal,
      httpAgent: agent,
      httpsAgent: agent,
      maxContentLength: LARGEST_ANSWER_BYTES,
      transport: { request: this.#open.bind(this) },
    });
  }

  override async request<Data>(options: RequestClient.RequestOptions<Data>) {
    const uri = options.uri.replace(/^https:\/\/[^/]+/, this.apiUrl);
    try {
      return await super.request<Data>({ ...options, uri });
    } catch (error) {
      const { code, name } = error as { code?: string; name?: string };
      throw new TwilioConnectionError(code ?? name ?? 'error', this.#connected());
    }
  }

  #open(...[options, onResponse]: Parameters<typeof httpsRequest>): ClientRequest {
    const send = this.apiUrl.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(options, onResponse as never);
    this.#connected = follow(request);
    return request;
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
