import { Inject, Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { NOTICE_LINK_MS, NoticeLinkService } from '@portillon/credential';
import type { NotifiedEvent } from '@portillon/credential';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import type { Locale } from '@portillon/kernel';
import { DueNotice, NoticeService, NotificationService, QueuedMessage } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { mailboxOf, noticeMail, noticeTexts } from './notice-mail';
import type { ReportLink } from './notice-mail';
import { SECURITY_NOTICE_OPTIONS, ALERTING_KINDS, REPORTABLE_KINDS } from './security-notice.types';
import type { SecurityNoticeOptions, NoticeDetails, NoticeKind } from './security-notice.types';

/** A notice that could not leave in three days is no longer news. */
const USEFUL_MS = 3 * DAY;
/** Page of the link « Ce n’était pas moi ». */
const REPORT_PAGE = 'ce-n-etait-pas-moi';
/** What the mailbox of a closed account hears: it could be opened again with another address. */
const OF_CLOSED: readonly string[] = [
  'account-closed',
  'mail-changed',
  'mail-replaced',
  'mail-change-requested',
  'identity-link-requested',
  'rights-change-requested',
  'erasure-requested',
  'erasure-due',
] satisfies NoticeKind[];

interface AddressedNotice {
  notice: DueNotice;
  account: Account;
}

/** Mails that notify a person of changes to their account, in their language, with what to do if it was not them. */
@Injectable()
export class SecurityNoticeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly book: NoticeService,
    private readonly links: NoticeLinkService,
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
    const recipients = [{ ...details, subjectId: person.id }];
    return tx
      ? this.notifyAll(kind, recipients, tx)
      : this.transactions.run((own) => this.notifyAll(kind, recipients, own));
  }

  /** As {@link notify}, of many people. */
  notifyAll(
    kind: NoticeKind,
    recipients: readonly (NoticeDetails & { subjectId: string })[],
    tx: EntityManager,
  ): Promise<void> {
    const occurrences = recipients.map(({ subjectId, client, ...rest }) => ({
      subjectId,
      kind,
      // Notices to another mailbox do not count for this one: the address before a change gets its mail at once.
      topic: rest.to,
      details: { ...rest, client: client && { address: client.address, userAgent: client.userAgent } },
    }));
    return this.book.recordAll(occurrences, tx);
  }

  /** The title of a notice of this kind, such as « Votre mot de passe a été changé ». */
  titleOf(kind: string, locale: Locale): string | undefined {
    const { serviceName: service } = this.options;
    return noticeTexts(locale).kinds[kind as NoticeKind]?.({ service }).title;
  }

  /** Whether the reader of such a notice may only alert administrators. */
  onlyAlerts(kind: string): boolean {
    return ALERTING_KINDS.includes(kind);
  }

  /**
   * Writes at most `batch` due mails in one transaction; they leave with the outbox. Returns how many notices it took.
   */
  async send(batch: number): Promise<number> {
    if (!this.notifications.available('EMAIL') || !(await this.book.hasDue())) return 0;
    return this.transactions.run(async (tx) => {
      const notices = await this.book.takeDue(batch, tx);
      const accounts = await this.accounts.getAll(subjects(notices), tx);
      const addressed = notices.flatMap((notice) => addressedTo(accounts.get(notice.subjectId), notice));
      const links = await this.#issueLinks(addressed, tx);
      const mails = addressed.map((one) => this.#mail(one, links.get(one)));
      await this.notifications.enqueueAll(mails, tx);
      return notices.length;
    });
  }

  /** Issues a link for each notice whose reader may report the event. */
  async #issueLinks(
    addressed: readonly AddressedNotice[],
    tx: EntityManager,
  ): Promise<Map<AddressedNotice, ReportLink>> {
    const { publicUrl } = this.options;
    const reportable = addressed.filter((one) => publicUrl && isReportable(one));
    const tokens = await this.links.issueAll(reportable.map(eventOf), tx);
    const goodUntil = addMilliseconds(this.clock.now(), NOTICE_LINK_MS);
    // In the fragment: browsers send it to no server, so that no log and no Referer has it.
    const page = publicUrl && new URL(REPORT_PAGE, publicUrl).href;
    return new Map(reportable.map((one, i) => [one, { url: `${page}#${tokens[i]}`, goodUntil }]));
  }

  #mail({ notice, account }: AddressedNotice, link: ReportLink | undefined): QueuedMessage {
    const message = noticeMail(notice, account, this.options, link);
    const usefulUntil = addMilliseconds(this.clock.now(), USEFUL_MS);
    return { message, kind: `notice.${notice.kind}`, accountId: account.id, when: 'later', usefulUntil };
  }
}

/** A closed account hears that it was closed and of another address, and nothing else; the journal has it. */
function addressedTo(account: Account | undefined, notice: DueNotice): AddressedNotice[] {
  if (!account || (account.status === 'DEACTIVATED' && !OF_CLOSED.includes(notice.kind))) return [];
  return [{ notice, account }];
}

function isReportable({ notice, account }: AddressedNotice): boolean {
  const isVoid = account.accessChangedAt && account.accessChangedAt > notice.firstAt;
  return account.status === 'ACTIVE' && !isVoid && REPORTABLE_KINDS.includes(notice.kind);
}

function eventOf({ notice, account }: AddressedNotice): NotifiedEvent {
  const mailbox = mailboxOf(notice, account);
  return { accountId: account.id, event: notice.kind, occurredAt: notice.firstAt, mailbox };
}

function subjects(notices: readonly DueNotice[]): string[] {
  return [...new Set(notices.map((notice) => notice.subjectId))];
}
