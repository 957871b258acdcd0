import { useQuery, useQueryCache } from '@pinia/colada';
import { computed } from 'vue';
import { getOwnList, setOwnList } from '../../../api/administration.api';
import type { OwnList } from '../../../api/types';

export type ListName = 'accounts' | 'journal' | 'statistics';

/** Filters with a name. */
export interface SavedView {
  name: string;
  query: Record<string, string>;
}

/** Views and columns of a list that the person stores in the account. */
export function useOwnList(list: ListName) {
  const cache = useQueryCache();
  const key = ['own-list', list];
  const { data } = useQuery({ key, query: () => getOwnList(list) });
  forgetBrowser(list);

  /** Shows the change at once, and reverts it when saving fails. Writes nothing before the stored values are read. */
  async function keep(changes: Partial<OwnList>) {
    if (!data.value) return;
    const next = { ...data.value, ...changes };
    cache.setQueryData(key, next);
    await setOwnList(list, next).catch(() => cache.invalidateQueries({ key }));
  }
  const without = (name: string) => (data.value?.views ?? []).filter((view) => view.name !== name);
  return {
    views: computed<SavedView[]>(() => (data.value?.views ?? []).map(viewOf)),
    columns: computed(() => data.value?.columns ?? []),
    keepColumns: (columns: string[]) => keep({ columns }),
    save: ({ name, query }: SavedView) =>
      keep({ views: [...without(name), { name, query: new URLSearchParams(query).toString() }] }),
    remove: (name: string) => keep({ views: without(name) }),
  };
}

function viewOf({ name, query }: OwnList['views'][number]): SavedView {
  return { name, query: Object.fromEntries(new URLSearchParams(query)) };
}

/** Earlier versions stored views and columns in the browser, where colleagues saw them. */
function forgetBrowser(list: ListName) {
  for (const kept of ['views', 'columns']) localStorage.removeItem(`portillon.${list}.${kept}`);
}
