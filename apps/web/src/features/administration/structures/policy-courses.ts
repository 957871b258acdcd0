import { useI18n } from 'vue-i18n';
import { useDates } from '../../../composables/dates/dates';
import { startInParis } from '../../../composables/dates/paris-day';
import { useServerClockStore } from '../../../stores/server-clock.store';
import type { TypedRules } from './policy-rules';

/** How long a password and a code still let people add a strong means. */
const ENROLMENT_MS = 14 * 86_400_000;

/** Rules that begin on a day, by the field of that day. */
export const DATED = {
  fromDay: 'proSanteConnect',
  strongFromDay: 'strongMeans',
  identityFromDay: 'identity',
} as const;
export type DatedField = keyof typeof DATED;

/** What each rule with a day does from that day; at once if the day has come. */
export function usePolicyCourses(rules: () => TypedRules) {
  const { t } = useI18n();
  const { day } = useDates();
  const { hasCome } = useServerClockStore();
  return () =>
    (Object.keys(DATED) as DatedField[]).flatMap((field) => {
      const start = startInParis(rules()[field]);
      if (!start) return [];
      const end = new Date(Date.parse(start) + ENROLMENT_MS).toISOString();
      const isOver = field === 'strongFromDay' && hasCome(end);
      const state = isOver ? 'Over' : hasCome(start) ? 'Begun' : 'Warning';
      const text = t(`administration.policy.${DATED[field]}${state}`, { day: day(start), end: day(end) });
      return [{ field, text, tone: hasCome(start) ? ('danger' as const) : ('caution' as const) }];
    });
}
