import { useI18n } from 'vue-i18n';

/** Formats a duration in words: « 45 secondes », « 2 minutes », « 1 heure et 5 minutes ». Rounded up. */
export function useWaitText(): (seconds: number) => string {
  const { t } = useI18n();
  return (seconds) => {
    // Avoids a plural for a fraction of a second, and for the difference of two clocks.
    if (seconds < 120) return t('wait.seconds', Math.max(0, Math.ceil(seconds)));
    const minutes = Math.ceil(seconds / 60);
    if (minutes < 60) return t('wait.minutes', minutes);
    const hours = t('wait.hours', Math.floor(minutes / 60));
    if (minutes % 60 === 0) return hours;
    return t('wait.hoursAndMinutes', { hours, minutes: t('wait.minutes', minutes % 60) });
  };
}
