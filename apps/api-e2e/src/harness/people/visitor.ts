import { appendFileSync } from 'node:fs';
import { Agent, IncomingHttpHeaders, request } from 'node:http';
import { Agent as SecureAgent, request as requestSecurely, RequestOptions } from 'node:https';
import type { Answer } from './answer.types';
import { Contract } from '../applications/contract';

export interface Call {
  headers?: Readonly<Record<string, string | string[] | undefined>>;
  /** Another way to the server: a card presented in TLS. */
  tls?: RequestOptions;
  /** Sent as it is instead of `body`. */
  raw?: string | Buffer;
}

export interface VisitorOptions {
  url: string;
  /** The origin that the page was loaded from. */
  origin: string;
  headers?: Readonly<Record<string, string>>;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
/** The servers of the tests sign for themselves. */
const secureAgent = new SecureAgent({ keepAlive: true, maxSockets: 64, rejectUnauthorized: false });
const contract = new Contract();
/** The file that takes what was exchanged, for the proof by Prism. */
const exchanges = process.env['EXCHANGES'];

/** One browser: it keeps cookies, sends its origin, and checks every answer against the OpenAPI document. */
export class Visitor {
  readonly cookies = new Map<string, string>();

  constructor(readonly options: VisitorOptions) {}

  get(path: string, call?: Call): Promise<Answer> {
    return this.send('GET', path, undefined, call);
  }

  post(path: string, body?: unknown, call?: Call): Promise<Answer> {
    return this.send('POST', path, body, call);
  }

  put(path: string, body?: unknown, call?: Call): Promise<Answer> {
    return this.send('PUT', path, body, call);
  }

  patch(path: string, body?: unknown, call?: Call): Promise<Answer> {
    return this.send('PATCH', path, body, call);
  }

  delete(path: string, call?: Call): Promise<Answer> {
    return this.send('DELETE', path, undefined, call);
  }

  /** An attacker who has copied all its cookies. */
  copy(): Visitor {
    const twin = new Visitor(this.options);
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  /** The same browser, talking to another server behind the same name. */
  through(url: string): Visitor {
    const twin = new Visitor({ ...this.options, url });
    for (const [name, value] of this.cookies) twin.cookies.set(name, value);
    return twin;
  }

  async send(method: string, path: string, body?: unknown, call: Call = {}): Promise<Answer> {
    const payload = call.raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await exchange(
      this.options.url,
      { path, method, headers: this.#headers(method, payload, call), ...call.tls },
      payload,
    );
    this.#keepCookies(answer);
    contract.hold(method, path, answer);
    if (exchanges) appendFileSync(exchanges, `${JSON.stringify({ method, path, answer })}\n`);
    return answer;
  }

  #headers(
    method: string,
    payload: string | Buffer | undefined,
    call: Call,
  ): Record<string, string | string[]> {
    const safe = method === 'GET' || method === 'HEAD';
    const headers: Record<string, string | string[] | undefined> = {
      'user-agent': 'Mozilla/5.0 (Visitor)',
      ...(safe ? {} : { origin: this.options.origin, 'sec-fetch-site': 'same-origin' }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      // Node frames the body of a DELETE no more than that of a GET.
      ...(payload !== undefined && method === 'DELETE'
        ? { 'content-length': `${Buffer.byteLength(payload)}` }
        : {}),
      ...(this.cookies.size === 0 ? {} : { cookie: this.#cookieHeader() }),
      ...this.options.headers,
      ...call.headers,
    };
    return Object.fromEntries(
      Object.entries(headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
    );
  }

  #cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keepCookies(answer: Answer): void {
    for (const text of answer.cookies) {
      const [pair = '', ...attributes] = text.split('; ');
      const [name = '', ...value] = pair.split('=');
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, value.join('='));
    }
  }
}

/** The path is sent to the letter: nothing of it is resolved or encoded on the way. */
function exchange(
  to: string,
  options: RequestOptions,
  payload: string | Buffer | undefined,
): Promise<Answer> {
  const start = performance.now();
  const secure = to.startsWith('https:');
  const send = secure ? requestSecurely : request;
  return new Promise((resolve, reject) => {
    const outgoing = send(to, { agent: secure ? secureAgent : agent, ...options }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve(toAnswer(incoming.statusCode!, incoming.headers, text, performance.now() - start));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

function toAnswer(status: number, headers: IncomingHttpHeaders, text: string, milliseconds: number): Answer {
  const body = /json\b/.test(headers['content-type'] ?? '') ? (JSON.parse(text) as unknown) : undefined;
  const code = status >= 400 ? (body as { code?: string } | undefined)?.code : undefined;
  const outcome = code ? `${status} ${code}` : String(status);
  return { status, outcome, headers, cookies: headers['set-cookie'] ?? [], text, body, milliseconds };
}
