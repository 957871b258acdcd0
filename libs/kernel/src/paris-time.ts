import type { Locale } from './errors.types';

const format = { timeZone: 'Europe/Paris', dateStyle: 'long', timeStyle: 'short' } as const;
const formatters = {
  fr: new Intl.DateTimeFormat('fr-FR', format),
  en: new Intl.DateTimeFormat('en-GB', format),
};
/** What Intl writes for the first of a month, which is « 1er » in French. */
const FIRST = /^1(?= )/;
const PARIS = { fr: 'heure de Paris', en: 'Paris time' };

/** `24 novembre 2026 à 16:39 (heure de Paris)`. */
export function parisTime(time: Date, locale: Locale): string {
  const written = formatters[locale].format(time);
  return `${locale === 'fr' ? written.replace(FIRST, '1er') : written} (${PARIS[locale]})`;
}

const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });

/** `16:39`, where every character counts. */
export function parisClock(time: Date): string {
  return clock.format(time);
}

const dayAndTime = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `24/11/2026 16:39:05`, as a French spreadsheet reads it. */
export function dayAndTimeInParis(time: Date): string {
  return dayAndTime.format(time);
}
