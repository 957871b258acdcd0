import { ref, watch, type Ref } from 'vue';

/** Delay after a keystroke, because on a slow computer letters would otherwise appear late. */
const PAUSE_MS = 150;

/** Guessability of a password, 0 to 4, shortly after it changed; nothing until the dictionaries are loaded. */
export function useGuessScore(password: () => string): Readonly<Ref<number | undefined>> {
  const score = ref<number>();
  watch(password, (text, _, onCleanup) => {
    if (!text) score.value = undefined;
    let isLatest = true;
    const timer = setTimeout(async () => {
      const guesses = await import('./password-guesses').catch(() => undefined);
      if (isLatest && text) score.value = guesses?.guessScore(text);
    }, PAUSE_MS);
    onCleanup(() => {
      isLatest = false;
      clearTimeout(timer);
    });
  });
  return score;
}
