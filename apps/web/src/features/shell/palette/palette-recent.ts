import { computed, ref } from 'vue';
import { useSessionStore } from '../../../stores/session.store';
import type { PaletteResult } from './PaletteGroup.vue';

const KEPT = 5;
/** In the memory of the page alone, and of one person: a workstation is shared. */
const recent = ref<{ of: string | undefined; results: PaletteResult[] }>({ of: undefined, results: [] });

/** What the person opened last by the search, the latest first. */
export function usePaletteRecent() {
  const sessions = useSessionStore();
  const results = computed(() => (recent.value.of === sessions.account?.id ? recent.value.results : []));
  function keep(result: PaletteResult) {
    const others = results.value.filter(({ id }) => id !== result.id);
    recent.value = { of: sessions.account?.id, results: [result, ...others].slice(0, KEPT) };
  }
  return { results, keep };
}
