import { createHash } from 'node:crypto';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';

/** Behaviour of the server: success, one of OVHcloud's errors, or no answer. */
export type OvhMood = 'accept' | 'invalid-number' | 'no-credit' | 'fail' | 'hang';

export interface OvhJob {
  message: string;
  noStopClause: boolean;
  receivers: string[];
  sender: string;
  validityPeriod: number;
}

export interface OvhKeys {
  applicationKey: string;
  applicationSecret: string;
  consumerKey: string;
}

const TOLERANCE_SECONDS = 60;
const ERRORS = {
  'no-credit': { status: 402, body: { message: 'Not enough credits' } },
  fail: { status: 500, body: { message: 'Internal server error' } },
} as const;

/** A fake of OVHcloud's API of SMS. It accepts signed calls only. */
export class OvhServer {
  /** Accepted jobs. */
  readonly jobs: OvhJob[] = [];
  /** Number of received jobs. */
  attempts = 0;
  mood: OvhMood = 'accept';
  /** Reported status of the account. */
  status: 'enable' | 'disable' = 'enable';
  readonly #server: Server = createServer((request, response) => void this.#receive(request, response));

  constructor(
    private readonly keys: OvhKeys,
    private readonly serviceName: string,
    /** Its own clock. */
    private readonly now: () => number = () => Date.now(),
  ) {}

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as { port: number }).port}/1.0`;
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const path = `${request.method} ${request.url}`;
    if (path === 'GET /1.0/auth/time') return reply(response, 200, this.#seconds());
    if (!this.#isSigned(request, body)) return reply(response, 400, { message: 'Invalid signature' });
    if (path === `GET /1.0/sms/${this.serviceName}`) return reply(response, 200, { status: this.status });
    if (path === `POST /1.0/sms/${this.serviceName}/jobs`) return this.#take(response, body);
    reply(response, 404, { message: 'This service does not exist' });
  }

  #take(response: ServerResponse, body: string): void {
    this.attempts++;
    const job = JSON.parse(body) as OvhJob;
    if (this.mood === 'hang') return;
    if (this.mood === 'invalid-number')
      return reply(response, 200, { ids: [], invalidReceivers: job.receivers, totalCreditsRemoved: 0 });
    if (this.mood !== 'accept') return reply(response, ERRORS[this.mood].status, ERRORS[this.mood].body);
    this.jobs.push(job);
    const ids = [1_000_000 + this.jobs.length];
    reply(response, 200, {
      ids,
      validReceivers: job.receivers,
      invalidReceivers: [],
      totalCreditsRemoved: 1,
    });
  }

  /** `$1$` and the SHA-1 of the secrets, the call and its time, which is now. */
  #isSigned({ method, url, headers }: IncomingMessage, body: string): boolean {
    const { applicationKey, applicationSecret, consumerKey } = this.keys;
    const timestamp = String(headers['x-ovh-timestamp']);
    const called = `http://${headers.host}${url}`;
    const signed = [applicationSecret, consumerKey, method, called, body, timestamp].join('+');
    return (
      headers['x-ovh-application'] === applicationKey &&
      headers['x-ovh-consumer'] === consumerKey &&
      Math.abs(Number(timestamp) - this.#seconds()) <= TOLERANCE_SECONDS &&
      headers['x-ovh-signature'] === `$1$${createHash('sha1').update(signed).digest('hex')}`
    );
  }

  #seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
