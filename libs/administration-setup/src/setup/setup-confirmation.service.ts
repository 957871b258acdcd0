import { Injectable, Inject } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import {
  AppError,
  Clock,
  Keyring,
  type Locale,
  addMilliseconds,
  HOUR,
  parisTime,
  tooMany,
} from '@portillon/kernel';
import { Delivery, MailMessage, NotificationService, SmsMessage } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { Limit, LimitsByKind, RateLimiterService } from '@portillon/rate-limit';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SetupConfirmationRepository } from '../operator/setup-confirmation.repository';
import { SETUP_OPTIONS } from './setup.options';
import type { SetupOptions } from './setup.options';

interface SetupTexts {
  subject: string;
  title: (service: string) => string;
  sentence: string;
  label: string;
  goodUntil: string;
  closing: string;
  sms: (service: string) => string;
}

const french: SetupTexts = {
  subject: 'essai d’e-mail',
  title: (service) => `Les e-mails de ${service} arrivent`,
  sentence:
    'Vous avez demandé cet essai depuis la page «\u00a0Démarrage\u00a0». Ouvrez le lien pour noter qu’il est arrivé.',
  label: 'Noter que cet e-mail est arrivé',
  goodUntil: 'Valable jusqu’au',
  closing: 'Si vous n’avez rien demandé, ignorez ce message.',
  sms: (service) => `${service} : essai de SMS, demandé depuis la page Démarrage. Rien à faire.`,
};

const english: SetupTexts = {
  subject: 'test email',
  title: (service) => `Emails of ${service} arrive`,
  sentence: 'You asked for this test on the page “Getting started”. Open the link to note that it arrived.',
  label: 'Note that this email arrived',
  goodUntil: 'Valid until',
  closing: 'If you did not ask for it, ignore this message.',
  sms: (service) => `${service}: test message, asked for on the page Getting started. Nothing to do.`,
};

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

/** The set-up facts that a person confirms: a mail arrived, the keys have a copy elsewhere. */
@Injectable()
export class SetupConfirmationService {
  constructor(
    private readonly rows: SetupConfirmationRepository,
    private readonly transactions: Transactions,
    private readonly journal: ActJournalService,
    private readonly keyring: Keyring,
    private readonly clock: Clock,
    private readonly accounts: AccountService,
    private readonly limiter: RateLimiterService,
    private readonly notifications: NotificationService,
    @Inject(SETUP_OPTIONS) private readonly options: SetupOptions,
  ) {}

  /** The latest confirmation of each step. */
  all(): ReturnType<SetupConfirmationRepository['findByStep']> {
    return this.rows.findByStep();
  }

  /** Confirms a mail by its link. @throws AppError `setup.test-expired` */
  async confirmMail(administrator: Administrator, token: string): Promise<void> {
    if (!isGoodLink(this.keyring, token, administrator.actor.id, this.clock.now()))
      throw new AppError('setup.test-expired');
    await this.transactions.run(async (tx) => {
      await this.rows.save({ step: 'mail', confirmedAt: this.clock.now(), keyIds: [] }, tx);
      await this.journal.record(administrator, { name: 'test_mail_opened' }, tx);
    });
  }

  /** For the keys of this instance: a later key needs a new confirmation. */
  async confirmKeys(administrator: Administrator): Promise<void> {
    const keyIds = this.keyring.ids;
    await this.transactions.run(async (tx) => {
      await this.rows.save({ step: 'keys', confirmedAt: this.clock.now(), keyIds }, tx);
      await this.journal.record(administrator, { name: 'keys_backup_confirmed', data: { keyIds } }, tx);
    });
  }

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

export function setupTexts(locale: Locale): SetupTexts {
  return locale === 'en' ? english : french;
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
