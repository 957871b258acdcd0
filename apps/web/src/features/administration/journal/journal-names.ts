import { reactive, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AdminEvent } from '../../../api/types';
import type { JournalQuestion } from './journal-search';

/** Names for the ids in the address: of the people chosen here, and of those in the lines. */
export function useJournalNames(question: Ref<JournalQuestion>, items: Ref<AdminEvent[] | undefined>) {
  const { t } = useI18n();
  const picked = reactive(new Map<string, string>());

  function nameOf(id: string): string {
    const { code, request } = question.value;
    if (id === code) return t('journal.ofCode', { reference: code });
    if (id === request) return t('journal.ofRequest', { id: request });
    return picked.get(id) ?? inLines(id) ?? id;
  }
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
