import type { Locale } from '@portillon/http';
import type { NoticeDetails, NoticeKind } from './notice';
import { englishNotices } from './notice-words.en';
import { frenchNotices } from './notice-words.fr';

/** What a sentence may speak of. */
export interface NoticeFacts extends Omit<NoticeDetails, 'until'> {
  service: string;
  until?: string;
}

export interface ToldNotice {
  subject: string;
  title: string;
  sentence: string;
  whatToDo: string;
}

export interface NoticeWords {
  kinds: Record<NoticeKind, (facts: NoticeFacts) => ToldNotice>;
  account: string;
  when: string;
  by: string;
  administrator: string;
  address: string;
  browser: string;
  times: string;
  since: (occurrences: number, firstAt: string) => string;
  never: string;
}

export function noticeWords(locale: Locale): NoticeWords {
  return locale === 'en' ? englishNotices : frenchNotices;
}
