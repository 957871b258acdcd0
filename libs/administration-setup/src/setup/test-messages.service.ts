import { Inject, Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { addMilliseconds, AppError, Clock, HOUR, Keyring, parisTime, tooMany } from '@portillon/kernel';
import { Delivery, MailMessage, NotificationService, SmsMessage } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SETUP_OPTIONS } from './setup.options';
import type { SetupOptions } from './setup.options';
import { setupTexts } from './setup.texts';

const LIMITS = {
  EMAIL: { name: 'setup.mail.hour', max: 5, windowMs: HOUR },
  SMS: { name: 'setup.sms.hour', max: 3, windowMs: HOUR },
} as const satisfies Record<string, Limit>;

/** The limits that an operator may list and clear. */
export const SETUP_LIMITS = { account: Object.values(LIMITS) } as const satisfies LimitsByKind;

/** For how long the link of a test mail is good. */
const GOOD_MS = HOUR;
const PURPOSE = 'setup.test-mail';
const TOKEN = /^(\d{13})\.([A-Za-z0-9_-]{1,32}\.[0-9a-f]{64})$/;

/** Sends an administrator a mail or an SMS, to see that it arrives. */
@Injectable()
export class TestMessagesService {
  constructor(
    private readonly accounts: AccountService,
    private readonly limiter: RateLimiterService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly notifications: NotificationService,
    private readonly transactions: Transactions,
    private readonly journal: ActJournalService,
    @Inject(SETUP_OPTIONS) private readonly options: SetupOptions,
  ) {}

  /** Sends to the administrator's own address. @throws AppError `attempts.exceeded`, `channel.unavailable` */
  async sendMail(administrator: Administrator): Promise<Delivery> {
    return this.#send(administrator, (account) => this.#mail(account));
  }

  /** Sends to the administrator's own number. @throws AppError `setup.phone-not-proved`, `attempts.exceeded`, `channel.unavailable` */
  async sendSms(administrator: Administrator): Promise<Delivery> {
    return this.#send(administrator, (account) => this.#sms(account));
  }

  async #send(
    administrator: Administrator,
    write: (account: Account) => MailMessage | SmsMessage,
  ): Promise<Delivery> {
    const { id } = administrator.actor;
    const account = await this.accounts.get(id);
    if (!account) throw new AppError('not-found');
    const message = write(account);
    const { channel: testChannel } = message;
    if (!this.notifications.available(testChannel)) throw new AppError('channel.unavailable');
    await this.#count(testChannel, id);
    const outgoing = await this.transactions.run(async (tx) => {
      await this.journal.record(administrator, { name: 'test_message_sent', data: { testChannel } }, tx);
      return this.notifications.enqueue(message, { kind: 'setup.test', accountId: id }, tx);
    });
    return this.notifications.deliver(outgoing);
  }

  /** SMS cost money. @throws AppError `attempts.exceeded` */
  async #count(channel: keyof typeof LIMITS, accountId: string): Promise<void> {
    const key = this.keyring.digest('limit', [accountId]);
    const over = await this.limiter.consume({ limit: LIMITS[channel], key });
    if (over) throw tooMany('attempts.exceeded', over.retryAt, this.clock.now(), `over ${over.limit.name}`);
  }

  #mail({ id, email, locale }: Account): MailMessage {
    const words = setupTexts(locale);
    const { serviceName, publicUrl } = this.options;
    const { token, goodUntil } = issueLink(this.keyring, id, this.clock.now());
    const deadline = { label: words.goodUntil, value: parisTime(goodUntil, locale) };
    const url = new URL('/administration/demarrage', publicUrl);
    url.searchParams.set('essai', token);
    return {
      channel: 'EMAIL',
      to: email,
      locale,
      subject: `${serviceName} – ${words.subject}`,
      body: {
        title: words.title(serviceName),
        paragraphs: [words.sentence],
        link: { label: words.label, url: url.href },
        preview: deadline,
        details: [deadline],
        closing: [words.closing],
      },
    };
  }

  #sms({ phone, locale }: Account): SmsMessage {
    if (!phone?.verifiedAt) throw new AppError('setup.phone-not-proved');
    return { channel: 'SMS', to: phone.number, text: setupTexts(locale).sms(this.options.serviceName) };
  }
}

/**
 * The token in the link of a test mail. It opens nothing: it proves within an hour that the mail of the requesting user
 * arrived. Nothing is stored, because opening it twice has no further effect.
 */
export function issueLink(
  keyring: Keyring,
  accountId: string,
  now: Date,
): { token: string; goodUntil: Date } {
  const goodUntil = addMilliseconds(now, GOOD_MS);
  const until = String(goodUntil.getTime());
  return { token: `${until}.${keyring.digest(PURPOSE, [accountId, until])}`, goodUntil };
}

export function isGoodLink(keyring: Keyring, token: string, accountId: string, now: Date): boolean {
  const [, until, digest] = TOKEN.exec(token) ?? [];
  if (!until || !digest || Number(until) <= now.getTime()) return false;
  return keyring.matches(digest, PURPOSE, [accountId, until]);
}
