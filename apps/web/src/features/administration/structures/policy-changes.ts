import { useI18n } from 'vue-i18n';
import { useDates } from '../../../composables/dates/dates';
import { startInParis } from '../../../composables/dates/paris-day';
import { useServerClockStore } from '../../../stores/server-clock.store';
import { DATED, type DatedField } from './policy-courses';
import type { TypedRules } from './policy-rules';

/** Old and new value of a rule, as texts. */
export interface PolicyChange {
  label: string;
  before: string;
  after: string;
}

/** Text keys of the rules that differ from the name of their field. */
const LABELS: Partial<Record<keyof TypedRules, string>> = DATED;

/** Rules that may lock people out: the person confirms them before saving. */
const GRAVE: (keyof TypedRules)[] = [
  ...(Object.keys(DATED) as DatedField[]),
  'appIsStrong',
  'deviceOnly',
  'provenOnly',
];

export function shutsOut(before: TypedRules, after: TypedRules): boolean {
  return GRAVE.some((name) => before[name] !== after[name]);
}

/** Describes the changes. */
export function usePolicyChanges() {
  const { t } = useI18n();
  const { day } = useDates();
  const { hasCome } = useServerClockStore();

  function inWords(name: keyof TypedRules, { [name]: value }: TypedRules): string {
    if (typeof value === 'boolean') return t(`administration.policy.${value ? 'yes' : 'no'}`);
    if (name === 'window') return windowText(value);
    if (name === 'egress') return value.split('\n').join(', ') || t('administration.noAddress');
    const start = startInParis(value);
    return start ? day(start) : t('administration.noDate');
  }
  /** A past day takes effect as soon as it is saved. */
  function withEffect(words: string, value: string | boolean): string {
    const start = typeof value === 'string' && startInParis(value);
    return start && hasCome(start) ? t('administration.policy.confirm.immediate', { day: words }) : words;
  }
  function windowText(value: string): string {
    if (value === '0') return t('administration.policy.windowNone');
    const hours = Number(value);
    return Number.isNaN(hours) ? t('administration.policy.windowOfService') : t('wait.hours', hours);
  }
  return (before: TypedRules, after: TypedRules): PolicyChange[] =>
    (Object.keys(before) as (keyof TypedRules)[])
      .filter((name) => before[name] !== after[name])
      .map((name) => ({
        label: t(`administration.policy.${LABELS[name] ?? name}`),
        before: inWords(name, before),
        after: withEffect(inWords(name, after), after[name]),
      }));
}
