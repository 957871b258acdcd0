import { ref } from 'vue';

/** Filters under a name. */
export interface SavedView {
  name: string;
  query: Record<string, string>;
}
/** The views of a list that were saved in this browser: filters by ids, under a name of one's own. */
export function useSavedViews(list: string) {
  const key = `portillon.${list}.views`;
  const views = ref(read(key));
  function keep(next: SavedView[]) {
    views.value = next;
    localStorage.setItem(key, JSON.stringify(next));
  }
  const without = (name: string) => views.value.filter((view) => view.name !== name);
  return {
    views,
    save: (view: SavedView) => keep([...without(view.name), view]),
    remove: (name: string) => keep(without(name)),
  };
}

/** What another program wrote there, or an older page, is no view. */
function read(key: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}
function isView(value: Partial<SavedView> | null): value is SavedView {
  return typeof value?.name === 'string' && typeof value.query === 'object' && value.query !== null;
}
