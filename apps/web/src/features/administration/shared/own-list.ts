import { useQuery, useQueryCache } from '@pinia/colada';
import { computed } from 'vue';
import { getOwnList, setOwnList } from '../../../api/administration.api';
import type { OwnList } from '../../../api/types';

export type ListName = 'accounts' | 'journal' | 'statistics';

/** Filters under a name. */
export interface SavedView {
  name: string;
  query: Record<string, string>;
}

/** The views and the columns of a list that the person keeps in the account. */
export function useOwnList(list: ListName) {
  const cache = useQueryCache();
  const key = ['own-list', list];
  const { data } = useQuery({ key, query: () => getOwnList(list) });
  forgetBrowser(list);

  /** It shows at once; what could not be kept is gone again. Nothing is written over what was not read. */
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

/** Views and columns were kept in the browser, where a colleague found them. */
function forgetBrowser(list: ListName) {
  for (const kept of ['views', 'columns']) localStorage.removeItem(`portillon.${list}.${kept}`);
}
