import { Inject, Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AppError, parisTime } from '@portillon/kernel';
import { Delivery, MailMessage, NotificationService, SmsMessage } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '@portillon/user-management';
import type { Administrator } from '@portillon/user-management';
import { SETUP_OPTIONS } from './setup.options';
import type { SetupOptions } from './setup.options';
import { setupTexts } from './setup.texts';
import { TestLimitService } from './test-limit.service';
import { TestLinkService } from './test-link.service';

/** Sends an administrator a mail or an SMS, to see that it arrives. */
@Injectable()
export class TestMessageService {
  constructor(
    private readonly accounts: AccountService,
    private readonly limits: TestLimitService,
    private readonly links: TestLinkService,
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
    await this.limits.count(testChannel, id);
    const outgoing = await this.transactions.run(async (tx) => {
      await this.journal.record(administrator, { name: 'test_message_sent', data: { testChannel } }, tx);
      return this.notifications.enqueue(message, { kind: 'setup.test', accountId: id }, tx);
    });
    return this.notifications.deliver(outgoing);
  }

  #mail({ id, email, locale }: Account): MailMessage {
    const words = setupTexts(locale);
    const { serviceName, publicUrl } = this.options;
    const { token, goodUntil } = this.links.issue(id);
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
