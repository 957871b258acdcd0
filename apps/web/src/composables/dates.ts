import { useI18n } from 'vue-i18n';

const zone = 'Europe/Paris';

/** Times as people of the service read them: always Paris time, in the language of the page. */
export function useDates() {
  const { locale } = useI18n();
  const format = (iso: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale.value === 'en' ? 'en-GB' : 'fr-FR', { timeZone: zone, ...options }).format(
      new Date(iso),
    );
  return {
    /** `16:39` */
    time: (iso: string) => format(iso, { hour: '2-digit', minute: '2-digit' }),
    /** `mardi 24 novembre à 16:39` */
    dayAndTime: (iso: string) =>
      format(iso, { weekday: 'long', day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' }),
  };
}
