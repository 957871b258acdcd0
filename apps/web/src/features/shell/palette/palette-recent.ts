import { computed, ref } from 'vue';
import { useSessionStore } from '../../../stores/session.store';
import type { PaletteResult } from './PaletteGroup.vue';

const KEPT = 5;
/** In memory only, for one person: workstations are shared. */
const recent = ref<{ of: string | undefined; results: PaletteResult[] }>({ of: undefined, results: [] });

/** Targets that the person opened by the search, latest first; those of the person before are dropped. */
export function usePaletteRecent() {
  const sessions = useSessionStore();
  if (recent.value.of !== sessions.account?.id) recent.value = { of: sessions.account?.id, results: [] };
  const results = computed(() => recent.value.results);
  function keep(result: PaletteResult) {
    const others = results.value.filter(({ id }) => id !== result.id);
    recent.value = { of: sessions.account?.id, results: [result, ...others].slice(0, KEPT) };
  }
  return { results, keep };
}
