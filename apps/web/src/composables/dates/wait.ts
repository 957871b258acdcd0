import { computed, reactive } from 'vue';
import { useCountdown } from './countdown';
import { serverNow } from './server-clock';
import { useWaitText } from './wait-text';

/** A wait that the API asked for, counted down in words. `retryAt` in milliseconds by this computer's clock. */
export function useWait(retryAt: () => number | null | undefined) {
  const skew = serverNow() - Date.now();
  const seconds = useCountdown(() => (retryAt() ?? 0) + skew);
  const words = useWaitText();
  return reactive({
    waiting: computed(() => seconds.value > 0),
    text: computed(() => words(seconds.value)),
  });
}
