import { useI18n } from 'vue-i18n';
import type { AdminEvent } from '../../../api/types';
import { useDates } from '../../../composables/dates/dates';
import { useKnownText } from '../../../composables/texts/known-text';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** Further facts of a journal line, as texts; unknown facts are shown unchanged. */
export function useJournalData() {
  const { t } = useI18n();
  const known = useKnownText();
  const { instant } = useDates();

  function wordOf(name: string, word: string): string {
    if (INSTANT.test(word)) return instant(word);
    if (name === 'names') return known(`events.names.${word}`, word);
    if (name === 'roles') return known(`administration.roles.${word}`, word);
    return known(`events.words.${name}.${word}`, word);
  }
  function valueOf(name: string, value: unknown): string {
    if (value === null) return t('journal.data.nothing');
    if (typeof value === 'boolean') return t(value ? 'journal.data.yes' : 'journal.data.no');
    if (typeof value === 'string') return wordOf(name, value);
    return Array.isArray(value) ? value.map((one) => valueOf(name, one)).join(', ') : JSON.stringify(value);
  }
  return (data: AdminEvent['data']) =>
    Object.entries(data ?? {}).map(([name, value]) => ({
      label: known(`events.data.${name}`, name),
      value: valueOf(name, value),
    }));
}
