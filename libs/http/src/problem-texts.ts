import type { ErrorCode } from '@portillon/kernel';
import type { Locale } from './client';
import { englishFields, englishTexts } from './problem-texts.en';
import { frenchFields, frenchTexts } from './problem-texts.fr';

/** What a person reads of a failure: what happened, and what to do next. */
export interface ProblemText {
  title: string;
  detail: string;
}

export type ProblemTexts = Record<ErrorCode, ProblemText>;
export type FieldTexts = Record<string, string>;

const TEXTS: Record<Locale, ProblemTexts> = { fr: frenchTexts, en: englishTexts };
const FIELDS: Record<Locale, FieldTexts> = { fr: frenchFields, en: englishFields };

export function problemText(code: ErrorCode, locale: Locale): ProblemText {
  return TEXTS[locale][code];
}

export function fieldText(code: string, locale: Locale): string {
  return FIELDS[locale][code] ?? FIELDS[locale]['format']!;
}
