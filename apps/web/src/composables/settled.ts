import { onScopeDispose, readonly, ref, watch, type Ref } from 'vue';

/** Long enough that a word is typed, short enough to be an answer. */
const PAUSE_MS = 250;

/** The typed text, once the typing pauses. */
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
