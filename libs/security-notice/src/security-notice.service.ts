import { Inject, Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { DueNotice, NoticeService, NotificationService, QueuedMessage } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { noticeMail } from './notice-mail';
import { SECURITY_NOTICE_OPTIONS } from './security-notice.options';
import type { SecurityNoticeOptions } from './security-notice.options';
import type { NoticeDetails, NoticeKind } from './security-notice.types';

/** A notice that could not leave in three days is no longer news. */
const USEFUL_MS = 3 * DAY;
/** What the mailbox of a closed account hears: it could be opened again with another address. */
const OF_CLOSED: readonly string[] = [
  'account-closed',
  'mail-changed',
  'mail-change-requested',
  'identity-link-requested',
  'rights-change-requested',
  'erasure-requested',
  'erasure-due',
] satisfies NoticeKind[];

/** Mails that notify a person of changes to their account, in their language, with what to do if it was not them. */
@Injectable()
export class SecurityNoticeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly book: NoticeService,
    private readonly notifications: NotificationService,
    private readonly clock: Clock,
    @Inject(SECURITY_NOTICE_OPTIONS) private readonly options: SecurityNoticeOptions,
  ) {}

  /**
   * Records a notice, in the caller's transaction or a separate one. {@link send} writes the mail later, at most one of
   * a kind in an hour. Further notices within the hour are counted and mailed after it.
   */
  notify(
    kind: NoticeKind,
    person: Pick<Account, 'id'>,
    details: NoticeDetails,
    tx?: EntityManager,
  ): Promise<void> {
    const told = [{ ...details, subjectId: person.id }];
    return tx
      ? this.notifyAll(kind, told, tx)
      : this.transactions.run((own) => this.notifyAll(kind, told, own));
  }

  /** As {@link notify}, of many people. */
  notifyAll(
    kind: NoticeKind,
    told: readonly (NoticeDetails & { subjectId: string })[],
    tx: EntityManager,
  ): Promise<void> {
    const occurrences = told.map(({ subjectId, client, ...rest }) => ({
      subjectId,
      kind,
      // Notices to another mailbox do not count for this one: the address before a change gets its mail at once.
      topic: rest.to,
      details: { ...rest, client: client && { address: client.address, userAgent: client.userAgent } },
    }));
    return this.book.recordAll(occurrences, tx);
  }

  /**
   * Writes at most `batch` due mails in one transaction; they leave with the outbox. Returns how many notices it took.
   */
  async send(batch: number): Promise<number> {
    if (!this.notifications.available('EMAIL') || !(await this.book.hasDue())) return 0;
    return this.transactions.run(async (tx) => {
      const notices = await this.book.takeDue(batch, tx);
      const accounts = await this.accounts.getAll(subjects(notices), tx);
      const mails = notices.flatMap((notice) => this.#mail(notice, accounts.get(notice.subjectId)));
      await this.notifications.enqueueAll(mails, tx);
      return notices.length;
    });
  }

  /** A closed account hears that it was closed and of another address, and nothing else; the journal has it. */
  #mail(notice: DueNotice, account: Account | undefined): QueuedMessage[] {
    if (!account || (account.status === 'DEACTIVATED' && !OF_CLOSED.includes(notice.kind))) return [];
    const message = noticeMail(notice, account, this.options);
    const usefulUntil = addMilliseconds(this.clock.now(), USEFUL_MS);
    return [{ message, kind: `notice.${notice.kind}`, accountId: account.id, when: 'later', usefulUntil }];
  }
}

function subjects(notices: readonly DueNotice[]): string[] {
  return [...new Set(notices.map((notice) => notice.subjectId))];
}
