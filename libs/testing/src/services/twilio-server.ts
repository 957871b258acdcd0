import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';

/** Behaviour of the server: success, one of Twilio's errors, or no answer. */
export type TwilioMood = 'accept' | 'refuse' | 'too-many' | 'fail' | 'hang';

export interface SentSms {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  body: string;
  authorization?: string;
  /** The posted form, with Twilio's names. */
  form: Readonly<Record<string, string>>;
}

const ANSWERS = {
  refuse: { code: 21211, message: "Invalid 'To' Phone Number", status: 400 },
  'too-many': { code: 20429, message: 'Too Many Requests', status: 429 },
  fail: { code: 20500, message: 'Internal Server Error', status: 500 },
} as const;

/** A fake of Twilio's Messages resource. */
export class TwilioServer {
  /** Accepted messages. */
  readonly messages: SentSms[] = [];
  /** Number of received messages. */
  attempts = 0;
  /** Number of requests that only check that the account exists. */
  looks = 0;
  /** Reported status of the account. */
  accountStatus: 'active' | 'suspended' | 'closed' = 'active';
  mood: TwilioMood = 'accept';
  #server: Server = createServer((request, response) => void this.#receive(request, response));
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(port = 0): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as { port: number }).port;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** The latest message to `number` (E.164). @throws Error when there is none. */
  lastTo(number: string): SentSms {
    const message = this.messages.findLast((one) => one.to === number);
    if (!message) throw new Error(`No SMS to ${number}`);
    return message;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.method === 'GET') return this.#showAccount(response);
    this.attempts++;
    if (this.mood === 'hang') return;
    if (this.mood !== 'accept') return refuse(response, this.mood);
    const form = new URLSearchParams(Buffer.concat(chunks).toString());
    this.messages.push({
      to: form.get('To') ?? '',
      from: form.get('From') ?? undefined,
      messagingServiceSid: form.get('MessagingServiceSid') ?? undefined,
      body: form.get('Body') ?? '',
      authorization: request.headers.authorization,
      form: Object.fromEntries(form),
    });
    const sid = `SM${String(this.messages.length).padStart(32, '0')}`;
    reply(response, 201, { sid, status: 'queued', to: form.get('To'), body: form.get('Body') });
  }

  /** The Accounts resource: a refused number does not affect the account. */
  #showAccount(response: ServerResponse): void {
    this.looks++;
    if (this.mood === 'hang') return;
    if (this.mood === 'too-many' || this.mood === 'fail') return refuse(response, this.mood);
    reply(response, 200, { status: this.accountStatus });
  }
}

function refuse(response: ServerResponse, mood: keyof typeof ANSWERS): void {
  reply(response, ANSWERS[mood].status, ANSWERS[mood]);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
