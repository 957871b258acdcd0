import type { Account } from '@portillon/account';
import { browserName } from '@portillon/http';
import { parisTime } from '@portillon/kernel';
import type { Locale } from '@portillon/kernel';
import type { DueNotice, LabelledValue, MailMessage } from '@portillon/notification';
import { englishNotices } from './notice.texts.en';
import { frenchNotices } from './notice.texts.fr';
import type { NoticeTexts } from './notice.texts.types';
import type { SecurityNoticeOptions, NoticeDetails, NoticeKind } from './security-notice.types';

/** The link by which the reader reports that the event was not theirs. */
export interface ReportLink {
  url: string;
  goodUntil: Date;
}

/**
 * The mail of a notice: what, when, whence, and what to do if it was not the reader. It asks for nothing. Its only link
 * reports the event.
 */
export function noticeMail(
  notice: DueNotice,
  account: Pick<Account, 'email' | 'branding' | 'locale' | 'username'>,
  { serviceName }: SecurityNoticeOptions,
  report?: ReportLink,
): MailMessage {
  const { locale } = account;
  const words = noticeTexts(locale);
  const details = readDetails(notice.details);
  const content = words.kinds[notice.kind as NoticeKind]({
    ...details,
    service: serviceName,
    until: details.until && parisTime(details.until, locale),
  });
  return {
    channel: 'EMAIL',
    to: mailboxOf(notice, account),
    locale,
    subject: `${serviceName} – ${content.subject}`,
    body: {
      organisation: account.branding?.name,
      accent: account.branding?.accent,
      title: content.title,
      paragraphs: [content.sentence, report ? (content.report ?? words.report) : content.whatToDo],
      ...(report && { link: { label: words.reportLabel, url: report.url } }),
      details: circumstances(notice, account, details, words),
      closing: [report ? words.reportUntil(parisTime(report.goodUntil, locale)) : words.never],
    },
  };
}

function circumstances(
  notice: DueNotice,
  account: Pick<Account, 'locale' | 'username'>,
  { client, by }: NoticeDetails,
  words: NoticeTexts,
): LabelledValue[] {
  const name = client && browserName(client.userAgent, account.locale);
  return [
    { label: words.account, value: account.username },
    { label: words.when, value: parisTime(notice.latestAt, account.locale) },
    ...(by ? [{ label: words.by, value: words.administrator }] : []),
    ...(client && !by ? [{ label: words.address, value: client.address }] : []),
    ...(name && !by ? [{ label: words.browser, value: name }] : []),
    ...(notice.occurrences > 1
      ? [
          {
            label: words.times,
            value: words.since(notice.occurrences, parisTime(notice.firstAt, account.locale)),
          },
        ]
      : []),
  ];
}

/** The address that a notice goes to: that of the account, or the one before a change. */
export function mailboxOf(notice: DueNotice, account: Pick<Account, 'email'>): string {
  return readDetails(notice.details).to ?? account.email;
}

/** Dates come back from the sealed text as texts. */
function readDetails(details: Record<string, unknown>): NoticeDetails {
  const { until, ...rest } = details as Omit<NoticeDetails, 'until'> & { until?: string };
  return { ...rest, ...(until ? { until: new Date(until) } : {}) };
}

export function noticeTexts(locale: Locale): NoticeTexts {
  return locale === 'en' ? englishNotices : frenchNotices;
}
