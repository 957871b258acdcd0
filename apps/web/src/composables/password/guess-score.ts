import { ref, watch, type Ref } from 'vue';

/** Between two letters: an old machine would otherwise type late. */
const PAUSE_MS = 150;

/** How hard a password is to guess, 0 to 4, some moments after it changed; nothing before the dictionaries are there. */
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
