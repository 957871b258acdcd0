import { Keyring, SystemRandom } from '@portillon/kernel';
import type { Database } from '@portillon/persistence';
import type { SettableClock } from '@portillon/testing';
import { Channels } from '../channels';
import type { MailMessage, Message } from '../message';
import { NotificationOptions, readLimits, SmsSender } from '../notification.options';
import { Enqueueing, NotificationService } from '../notification.service';
import type { Provider, SendAttempt } from '../send-attempt';
import { CountingDatabase } from './counting-database';

export const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 7) }]);

/** A way out that remembers what left by it and does with each message what the test says. */
export class Outlet implements SmsSender {
  readonly name = 'outlet';
  readonly sent: { id: string; text: string }[] = [];
  answer: () => SendAttempt | Promise<SendAttempt> = () => ({ status: 'sent', reference: 'ref-1' });

  async send(message: { text: string }, { id }: { id: string }): Promise<SendAttempt> {
    this.sent.push({ id, text: message.text });
    return this.answer();
  }
}

export type ProcessOptions = Partial<NotificationOptions> & {
  keyring?: Keyring;
  relays?: Provider<MailMessage>[];
};

/** One process of the service: its own notifications on the shared database. */
export class Process {
  readonly database: CountingDatabase;
  readonly notifications: NotificationService;

  constructor(
    shared: Database,
    private readonly clock: SettableClock,
    readonly outlet: Outlet,
    options: ProcessOptions = {},
  ) {
    this.database = new CountingDatabase(shared);
    const all = { sms: { providers: [outlet] }, ...options };
    const sms = all.sms?.providers as SmsSender[] | undefined;
    const channels = new Channels(
      { mail: options.relays ?? [], sms: sms ?? [] },
      readLimits(options.limits),
      clock,
    );
    this.notifications = new NotificationService(
      all,
      this.database,
      options.keyring ?? keyring,
      clock,
      new SystemRandom(clock),
      channels,
    );
  }

  /** Puts a message in the outbox, a millisecond after the one before, so that ids are in order. */
  enqueue(message: Message, changes: Partial<Enqueueing> = {}): Promise<string> {
    this.clock.advance(1);
    const enqueueing = { kind: 'sign-in.code', accountId: null, ...changes };
    return this.database.transaction((tx) => this.notifications.enqueue(message, enqueueing, tx));
  }

  /** Ends as `kill -9` does: nothing more is written. */
  kill(): void {
    this.database.away = true;
  }

  /** Ends as SIGTERM does. */
  async stop(): Promise<void> {
    await this.notifications.beforeApplicationShutdown();
    await this.notifications.onApplicationShutdown();
  }
}
