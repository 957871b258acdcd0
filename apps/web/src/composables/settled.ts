import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';

/** Long enough to type a word, short enough to feel immediate. */
const PAUSE_MS = 250;

/** The typed text, after a pause in typing. */
export function useSettled(text: () => string): Readonly<Ref<string>> {
  const settled = ref(text().trim());
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(text, (typed) => {
    clearTimeout(timer);
    timer = setTimeout(() => (settled.value = typed.trim()), PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
  return readonly(settled);
}
