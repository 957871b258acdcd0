import type { NoticeDetails, NoticeKind } from './security-notice.types';

/** The facts that a sentence may contain. */
export interface NoticeFacts extends Omit<NoticeDetails, 'until'> {
  service: string;
  until?: string;
}

export interface NoticeText {
  subject: string;
  title: string;
  sentence: string;
  whatToDo: string;
  /** What it says instead with a link. Default: the common text. */
  report?: string;
}

export interface NoticeTexts {
  kinds: Record<NoticeKind, (facts: NoticeFacts) => NoticeText>;
  account: string;
  when: string;
  by: string;
  administrator: string;
  address: string;
  browser: string;
  times: string;
  since: (occurrences: number, firstAt: string) => string;
  /** What a mail with a link says instead of `whatToDo`. */
  report: string;
  reportLabel: string;
  reportUntil: (until: string) => string;
  never: string;
}
