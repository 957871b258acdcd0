import { onScopeDispose, watch, type WatchSource } from 'vue';

/** Long enough that a word is typed, short enough to be an answer. */
const PAUSE_MS = 250;

/** Searches when the typing of `text` pauses, and no more once the page is left. */
export function useAsOneTypes(text: WatchSource<string>, search: () => unknown): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(text, () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(timer));
}
