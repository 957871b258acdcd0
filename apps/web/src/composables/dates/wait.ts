import { computed, reactive } from 'vue';
import { useCountdown } from './countdown';
import { useServerClockStore } from '../../stores/server-clock.store';
import { useWaitText } from './wait-text';

/** Counts down, in words, a wait that the API imposed. `retryAt`: milliseconds by this computer's clock. */
export function useWait(retryAt: () => number | null | undefined) {
  const skew = useServerClockStore().now() - Date.now();
  const seconds = useCountdown(() => (retryAt() ?? 0) + skew);
  const words = useWaitText();
  return reactive({
    /** Two minutes or more, shown in minutes. */
    isLong: computed(() => seconds.value >= 120),
    waiting: computed(() => seconds.value > 0),
    text: computed(() => words(seconds.value)),
  });
}
