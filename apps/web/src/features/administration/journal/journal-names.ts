import { useQuery } from '@pinia/colada';
import { computed, reactive, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { getAccountOf } from '../../../api/administration.api';
import type { AdminEvent } from '../../../api/types';
import { useRights } from '../shared/rights';
import type { JournalQuestion } from './journal-search';

/** Names for the ids in the address: of the people chosen here, and of those in the lines. */
export function useJournalNames(question: Ref<JournalQuestion>, items: Ref<AdminEvent[] | undefined>) {
  const { t } = useI18n();
  const { administers } = useRights();
  const picked = reactive(new Map<string, string>());

  function nameOf(id: string): string {
    const { code, request } = question.value;
    if (id === code) return t('journal.ofCode', { reference: code });
    if (id === request) return t('journal.ofRequest', { id: request });
    if (id === question.value.structure) return known(id) ?? t('journal.structure');
    return known(id) ?? found.value?.displayName ?? t('journal.person');
  }
  const known = (id: string) => picked.get(id) ?? inLines(id);
  /** A person of whom no line is shown; like those lines, their account is recorded as read. */
  const nameless = computed(() => {
    const { person } = question.value;
    return administers.value && items.value && person && !known(person) ? person : '';
  });
  const { data: found } = useQuery({
    key: () => ['journal-person', nameless.value],
    query: () => getAccountOf(nameless.value),
    enabled: () => nameless.value !== '',
  });
  function inLines(id: string): string | undefined {
    const people = (items.value ?? []).flatMap(({ account, actor, structure }) => [
      { id: account?.id, name: account?.displayName },
      { id: actor?.id, name: actor?.displayName },
      { id: structure?.id, name: structure?.name },
    ]);
    return people.find((one) => one.id === id)?.name ?? undefined;
  }
  function remember(part: Partial<JournalQuestion>, name: string) {
    for (const id of Object.values(part)) picked.set(id, name);
  }
  return { nameOf, remember };
}
