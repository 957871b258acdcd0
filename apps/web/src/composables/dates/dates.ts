import { useI18n } from 'vue-i18n';
import { frenchDate } from './french-date';
import { dayInParis } from './paris-day';
import { useServerClockStore } from '../../stores/server-clock.store';

/** Replaces spaces by non-breaking ones inside `24 novembre`, `1er novembre` and `à 16:39`. */
const noBreak = (text: string) => text.replace(/(?<=\d(?:er)?) | (?=\d\d:)/g, '\u00a0');

/** Formats times for readers: always Paris time, in the language of the page. */
export function useDates() {
  const { locale } = useI18n();
  const serverClock = useServerClockStore();
  function format(iso: string, options: Intl.DateTimeFormatOptions): string {
    const isFrench = locale.value !== 'en';
    const formatter = new Intl.DateTimeFormat(isFrench ? 'fr-FR' : 'en-GB', {
      timeZone: 'Europe/Paris',
      ...options,
    });
    const written = formatter.format(new Date(iso));
    return isFrench ? frenchDate(written) : written;
  }
  const yearOf = (iso: string) => dayInParis(iso).slice(0, 4);
  const isThisYear = (iso: string) => yearOf(iso) === yearOf(new Date(serverClock.now()).toISOString());
  return {
    /** `16:39` */
    time: (iso: string) => format(iso, { hour: '2-digit', minute: '2-digit' }),
    /** `16:39:05` */
    clock: (iso: string) => format(iso, { timeStyle: 'medium' }),
    /** `mardi 24 novembre 2026` */
    weekday: (iso: string) => noBreak(format(iso, { dateStyle: 'full' })),
    /** `24 novembre 2026` */
    day: (iso: string) => noBreak(format(iso, { day: 'numeric', month: 'long', year: 'numeric' })),
    /** `24 nov. 2026`, for a narrow table column. */
    shortDay: (iso: string) => noBreak(format(iso, { day: 'numeric', month: 'short', year: 'numeric' })),
    /** `24 nov.`, with the year unless it is the present one. */
    nearDay: (iso: string) =>
      noBreak(format(iso, { day: 'numeric', month: 'short', year: isThisYear(iso) ? undefined : 'numeric' })),
    /** `mardi 24 novembre à 16:39` */
    dayAndTime: (iso: string) =>
      noBreak(
        format(iso, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
      ),
    /** `24/11/2026 16:39:05`, or `24 Nov 2026, 16:39:05`, where the order of events matters. */
    instant: (iso: string) =>
      format(iso, { dateStyle: locale.value === 'en' ? 'medium' : 'short', timeStyle: 'medium' }),
  };
}
