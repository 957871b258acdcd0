import { onScopeDispose, watch } from 'vue';

const PAUSE_MS = 1_000;

/** Repeats a request some time after each answer while something is in progress, until the page is left. */
export function askWhile(going: () => boolean, ask: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(going, (goes) => {
    clearTimeout(timer);
    if (goes) timer = setTimeout(ask, PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
}
