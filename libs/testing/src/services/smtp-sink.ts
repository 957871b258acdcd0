import { simpleParser, ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/**
 * Behaviour of the sink: accepts a message, refuses it, never answers, accepts it without an answer, or closes the
 * connection in between. `refuse` concerns the recipient only, `refuse-by-policy` the sender.
 */
export type SmtpMood =
  'accept' | 'refuse' | 'refuse-by-policy' | 'refuse-for-now' | 'hang' | 'take-in-silence' | 'cut';

export interface SmtpSinkOptions {
  /** Offers STARTTLS, with a self-signed certificate. */
  startTls?: boolean;
}

/** A real SMTP server that stores accepted mails. */
export class SmtpSink {
  readonly mails: ParsedMail[] = [];
  /** Envelope senders of the messages that reached DATA. */
  readonly senders: string[] = [];
  /** Sources of the messages in {@link mails}. */
  readonly sources: Buffer[] = [];
  /** Number of messages that reached DATA. */
  attempts = 0;
  mood: SmtpMood = 'accept';
  /** Delay of each answer, milliseconds. */
  takesMs = 0;
  readonly #recipients: string[] = [];
  #port = 0;

  /** Number of messages in {@link mails} that came over TLS. */
  encrypted = 0;
  private readonly server: SMTPServer;

  constructor({ startTls = false }: SmtpSinkOptions = {}) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: startTls ? [] : ['STARTTLS'],
      logger: false,
      onData: (stream, session, done) => {
        this.attempts++;
        this.senders.push(session.envelope.mailFrom ? session.envelope.mailFrom.address : '');
        this.#recipients.push(...session.envelope.rcptTo.map(({ address }) => address));
        if (this.mood === 'cut') {
          stream.on('data', () => this.#cutLines());
          return;
        }
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        simpleParser(stream, (error, mail) => {
          if (this.mood === 'accept') this.sources.push(Buffer.concat(chunks));
          if (session.secure && this.mood === 'accept') this.encrypted++;
          if (this.takesMs) setTimeout(() => this.#answer(error, mail, done), this.takesMs);
          else this.#answer(error, mail, done);
        });
      },
    });
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.#port}`;
  }

  async start(port = 0): Promise<this> {
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    this.#port = (this.server.server.address() as { port: number }).port;
    return this;
  }

  async stop(): Promise<void> {
    this.#cutLines();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  /** The latest mail to `address`. @throws Error when there is none. */
  lastTo(address: string): ParsedMail {
    const mail = this.mails.findLast((one) => [one.to].flat().some((to) => to?.text.includes(address)));
    if (!mail) throw new Error(`No mail to ${address}`);
    return mail;
  }

  /** Number of messages to `address` that reached DATA. */
  attemptsTo(address: string): number {
    return this.#recipients.filter((one) => one === address).length;
  }

  #answer(error: Error | null, mail: ParsedMail, done: (error?: Error | null) => void): void {
    if (this.mood === 'hang') return;
    if (this.mood === 'refuse') return done(refusal(550, 'Mailbox unavailable'));
    if (this.mood === 'refuse-by-policy') return done(refusal(550, '5.7.1 Message rejected by policy'));
    if (this.mood === 'refuse-for-now') return done(refusal(451, 'Try again later'));
    if (!error) this.mails.push(mail);
    if (this.mood !== 'take-in-silence') done(error);
  }

  #cutLines(): void {
    const connections = (this.server as unknown as { connections: Set<{ _socket: { destroy(): void } }> })
      .connections;
    for (const connection of connections) connection._socket.destroy();
  }
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
