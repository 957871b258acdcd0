import { Inject, Injectable, Logger } from '@nestjs/common';
import { Account, Accounts } from '@portillon/account';
import { AppError, Clock, DAY, shift } from '@portillon/kernel';
import { DueNotice, NoticeBook, Notifications } from '@portillon/notification';
import { Database, Statements } from '@portillon/persistence';
import { AUTH_OPTIONS } from './auth-options';
import type { ResolvedAuthOptions } from './auth-options';
import type { NoticeDetails, NoticeKind } from './notice';
import { noticeMail } from './notice-mail';

/** A notice that could not leave in three days tells nothing that is still news. */
const USEFUL_MS = 3 * DAY;

/** Mails that tell a person what was done with their account, in their language, with what to do if it was not them. */
@Injectable()
export class Notices {
  readonly #logger = new Logger('Notices');

  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly book: NoticeBook,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /**
   * Notes that the person is to be told, in the caller's transaction and in one statement; the mail leaves later, by
   * {@link send}, at most one of a kind in an hour. What comes within the hour is counted and told after it.
   */
  tell(kind: NoticeKind, person: Pick<Account, 'id'>, details: NoticeDetails, tx: Statements): Promise<void> {
    const { client, ...rest } = details;
    const whence = client && { address: client.address, userAgent: client.userAgent };
    // What another mailbox is told does not count for this one: the address before a change is told at once.
    return this.book.note(
      { subjectId: person.id, kind, topic: details.to, details: { ...rest, client: whence } },
      tx,
    );
  }

  /** Writes the mails of what is to be told now, at most `batch`; they leave with the outbox. How many. */
  async send(batch: number): Promise<number> {
    if (!this.notifications.available('EMAIL')) return 0;
    let sent = 0;
    for (const notice of await this.book.due(batch)) sent += Number(await this.#send(notice));
    return sent;
  }

  #send(notice: DueNotice): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      if (!(await this.book.take(notice, tx))) return false;
      const account = await this.accounts.get(notice.subjectId, tx);
      // Who was deactivated hears nothing more from the service; the journal has it.
      if (!account || account.status === 'DEACTIVATED') return false;
      return this.#enqueue(notice, account, tx);
    });
  }

  async #enqueue(notice: DueNotice, account: Account, tx: Statements): Promise<boolean> {
    const mail = noticeMail(notice, account, this.options);
    const kind = `notice.${notice.kind}`;
    const usefulUntil = shift(this.clock.now(), USEFUL_MS);
    try {
      await this.notifications.enqueue(mail, { kind, accountId: account.id, when: 'later', usefulUntil }, tx);
      return true;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'service.busy') throw error;
      // An address that no relay would take: asking again would not mend it.
      this.#logger.warn(`notice ${notice.kind} not sent: ${error.code}`);
      return false;
    }
  }
}
