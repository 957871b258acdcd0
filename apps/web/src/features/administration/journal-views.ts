import { ref } from 'vue';
import { addressOf, nothing } from './journal-search';

export interface JournalView {
  name: string;
  query: Record<string, string>;
}
const KEY = 'portillon.journal.views';

/** Those of the service, named by the page. */
export const commonViews = {
  refusals: addressOf({ ...nothing, outcome: 'FAILURE', period: '7' }),
  emergency: addressOf({ ...nothing, act: 'subject:emergency' }),
  rights: addressOf({ ...nothing, act: 'subject:rights', period: '30' }),
} as const;

/** The views that were saved in this browser: filters by ids, under a name of one's own. */
export function useJournalViews() {
  const views = ref(read());
  function keep(next: JournalView[]) {
    views.value = next;
    localStorage.setItem(KEY, JSON.stringify(next));
  }
  const without = (name: string) => views.value.filter((view) => view.name !== name);
  return {
    views,
    save: (view: JournalView) => keep([...without(view.name), view]),
    remove: (name: string) => keep(without(name)),
  };
}

/** What another program wrote there, or an older page, is no view. */
function read(): JournalView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}
function isView(value: Partial<JournalView> | null): value is JournalView {
  return typeof value?.name === 'string' && typeof value.query === 'object' && value.query !== null;
}
