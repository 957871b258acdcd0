import { useI18n } from 'vue-i18n';
import { dayInParis, daysBefore } from '../../../composables/dates/paris-day';
import { useServerClockStore } from '../../../stores/server-clock.store';
import { useActName } from './journal-line';
import { type JournalQuestion, overPeriod } from './journal-search';
import { useNumbers } from '../statistics/statistics-numbers';
import { spanText } from '../statistics/statistics-charts';

/** The filters of the journal as texts for a printed page, and how many of the matching lines it has. */
export function useJournalFacts(nameOf: (id: string) => string) {
  const { t } = useI18n();
  const { language } = useNumbers();
  const clock = useServerClockStore();
  const actName = useActName();

  function periodOf({ period, from, to }: JournalQuestion): string {
    const over = overPeriod(period, dayInParis(new Date(clock.now()).toISOString()));
    if (over) return spanText({ from: over[0], to: daysBefore(over[1], 1) }, language.value);
    if (period !== 'dates') return t(`journal.period.${period || 'all'}`);
    if (from && to) return spanText({ from, to }, language.value);
    return t('journal.print.since', { from: from || '…', to: to || '…' });
  }
  function actOf(act: string): string {
    const [, subject] = act.split('subject:');
    return subject ? t(`journal.subjects.${subject}`) : actName(act);
  }
  return (question: JournalQuestion, lines: { shown: number; more: boolean }) => {
    const { person, part, act, outcome, structure, code, request } = question;
    return [
      { label: t('journal.period.label'), value: periodOf(question) },
      act && { label: t('journal.act'), value: actOf(act) },
      outcome && { label: t('journal.outcomeLabel'), value: t(`journal.outcome.${outcome}`) },
      person && { label: t(`journal.print.${part}`), value: nameOf(person) },
      structure && { label: t('journal.structure'), value: nameOf(structure) },
      code && { label: t('events.data.reference'), value: code },
      request && { label: t('journal.fields.requestId'), value: request },
      {
        label: t('journal.lines'),
        value: t(lines.more ? 'journal.print.latest' : 'journal.print.all', { count: lines.shown }),
      },
    ].filter((fact) => fact !== '');
  };
}
