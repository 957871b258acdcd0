import { Agent as HttpAgent, ClientRequest, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import RequestClient from 'twilio/lib/base/RequestClient';
import { follow, LARGEST_ANSWER_BYTES, ProviderConnectionError } from './provider-connection';

/**
 * The SDK's HTTP client for one message, with another base URL and cancellation. It records whether a failed request
 * may have reached the server.
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
      throw new ProviderConnectionError(code ?? name ?? 'error', this.#connected());
    }
  }

  #open(...[options, onResponse]: Parameters<typeof httpsRequest>): ClientRequest {
    const send = this.apiUrl.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(options, onResponse as never);
    this.#connected = follow(request);
    return request;
  }
}
