import { onScopeDispose, watch } from 'vue';

const PAUSE_MS = 1_000;

/** Asks a while after each answer, as long as something is going on, until the page is left. */
export function askWhile(going: () => boolean, ask: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(going, (goes) => {
    clearTimeout(timer);
    if (goes) timer = setTimeout(ask, PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
}
