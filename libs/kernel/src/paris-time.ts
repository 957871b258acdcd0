import type { Locale } from './errors/errors.types';

const inParis = (format: Intl.DateTimeFormatOptions) => ({
  fr: new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', ...format }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Paris', ...format }),
});
const times = inParis({ dateStyle: 'long', timeStyle: 'short' });
const days = inParis({ day: 'numeric', month: 'long' });
/** Intl's form for the first of a month, which is « 1er » in French. */
const FIRST = /^1(?= )/;
const PARIS = { fr: 'heure de Paris', en: 'Paris time' };

/** `24 novembre 2026 à 16:39 (heure de Paris)`. */
export function parisTime(time: Date, locale: Locale): string {
  return `${write(times, time, locale)} (${PARIS[locale]})`;
}

/** `24 novembre`, for a day so near that its year is clear. */
export function parisDay(time: Date, locale: Locale): string {
  return write(days, time, locale);
}

function write(formats: Record<Locale, Intl.DateTimeFormat>, time: Date, locale: Locale): string {
  const written = formats[locale].format(time);
  return locale === 'fr' ? written.replace(FIRST, '1er') : written;
}

const clock = new Intl.DateTimeFormat('fr-FR', { timeZone: 'Europe/Paris', timeStyle: 'short' });

/** `16:39`, for texts where every character counts. */
export function parisClock(time: Date): string {
  return clock.format(time);
}

const dayAndTime = new Intl.DateTimeFormat('fr-FR', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** `24/11/2026 16:39:05`, the format of a French spreadsheet. */
export function dayAndTimeInParis(time: Date): string {
  return dayAndTime.format(time);
}

const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Paris', dateStyle: 'short' });

/** The day, `2026-11-24`. */
export function parisDate(time: Date): string {
  return date.format(time);
}
