import type { Locale } from '@portillon/kernel';
import { englishNotices } from './notice.texts.en';
import { frenchNotices } from './notice.texts.fr';
import type { NoticeTexts } from './notice.texts.types';

export function noticeTexts(locale: Locale): NoticeTexts {
  return locale === 'en' ? englishNotices : frenchNotices;
}
