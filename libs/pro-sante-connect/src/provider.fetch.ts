import type { CustomFetch } from 'openid-client';
import type { Agent, Dispatcher } from 'undici';
import type { ProviderOptions } from './pro-sante-connect.options';

/** Of one answer, in bytes: PSC's are of a few kilobytes. */
const MOST_BYTES = 1_048_576;
/** How long a connection is kept that nobody uses, less if PSC says so: below what proxies have by default. */
const KEPT_MS = 50_000;
/** How a connection ends under a question. What else may go wrong, a name, a handshake, a limit, would go wrong again. */
const ENDED = new Set<unknown>(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

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
  const provider = new Connections({ ...certificate, timeout: timeoutMs });
  const ask = async (address: string, { method, headers, body }: FetchOptions) => {
    const { origin, pathname, search } = new URL(address);
    const options = { origin, path: pathname + search, method, headers: plain(headers), body: textOf(body) };
    try {
      return await provider.ask(options, performance.now() + timeoutMs);
    } catch (error) {
      if ((error as Error).name === 'TimeoutError') throw error;
      throw new TypeError('fetch failed', { cause: error });
    }
  };
  return ask as unknown as CustomFetch & typeof fetch;
}

interface FetchOptions {
  method: Dispatcher.HttpMethod;
  headers: Headers | Record<string, string>;
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

/** The connection ended before anything was answered. */
class BrokeOff extends Error {}

class Connections {
  #agent?: Promise<Agent>;
  #made = 0;

  constructor(private readonly connect: Agent.Options['connect']) {}

  /**
   * PSC may close a kept connection just as we use it: as a rule it has not read what we sent, and is asked again. Where a
   * connection was made meanwhile, it may be that one which ended: then whoever asks is told.
   */
  async ask(options: Dispatcher.DispatchOptions, until: number): Promise<Answer> {
    const agent = await (this.#agent ??= this.#open());
    const made = this.#made;
    try {
      return await once(agent, options, until);
    } catch (error) {
      if (!(error instanceof BrokeOff) || made !== this.#made) throw error;
      return once(agent, options, until);
    }
  }

  /** Loaded by who needs it: 5 MB and 45 ms of every start otherwise. */
  async #open(): Promise<Agent> {
    const undici = await import('undici');
    const agent = new undici.Agent({
      connect: this.connect,
      // Each answer has its limit as a whole.
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEPT_MS,
      keepAliveMaxTimeout: KEPT_MS,
      maxResponseSize: MOST_BYTES,
    });
    return agent.on('connect', () => this.#made++);
  }
}

function once(agent: Agent, options: Dispatcher.DispatchOptions, until: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    agent.dispatch(options, new Hearing(resolve, reject, until - performance.now()));
  });
}

/** Hears one answer out. */
class Hearing implements Dispatcher.DispatchHandler {
  readonly #late: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller?: Dispatcher.DispatchController;
  #isLate = false;
  #status = 0;
  #type = '';

  constructor(
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: Error) => void,
    patienceMs: number,
  ) {
    this.#late = setTimeout(() => this.#giveUp(), patienceMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isLate) this.#giveUp();
  }

  onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
    this.#status = status;
    this.#type = [headers['content-type'] ?? ''].flat()[0]!;
  }

  onResponseData(_: unknown, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#late);
    // Of its headers, what kind of answer it is: nothing else is anybody's to act on.
    const get = (name: string) => (name === 'content-type' ? this.#type : null);
    const chunks = this.#chunks;
    const answer = new Answer(
      this.#status,
      { get },
      chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
    );
    // Its connection is free a turn of the event loop later: who asks for more before would make another.
    queueMicrotask(() => setImmediate(this.resolve, answer));
  }

  onResponseError(_: unknown, cause: Error): void {
    clearTimeout(this.#late);
    const unanswered = this.#status === 0 && ENDED.has((cause as NodeJS.ErrnoException).code);
    this.reject(unanswered ? new BrokeOff('broke off', { cause }) : cause);
  }

  #giveUp(): void {
    this.#isLate = true;
    const late = new DOMException('PSC did not answer in time', 'TimeoutError');
    this.reject(late);
    this.#controller?.abort(late);
  }
}

function plain(headers: Headers | Record<string, string>): Record<string, string> {
  return headers instanceof Headers ? Object.fromEntries(headers) : headers;
}

function textOf(body: unknown): string | undefined {
  return typeof body === 'string' || body instanceof URLSearchParams ? body.toString() : undefined;
}
