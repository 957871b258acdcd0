import { computed, onScopeDispose, ref, watch, type ComputedRef, type MaybeRefOrGetter, toValue } from 'vue';
import { useServerClockStore } from '../../stores/server-clock.store';

type Instant = MaybeRefOrGetter<string | number | null | undefined>;

/**
 * Whole seconds left until an instant (ISO 8601 or milliseconds, server time); 0 once it is past or unknown. At most
 * the time from `since`, because the server's clock is known to the second only.
 */
export function useCountdown(until: Instant, since?: Instant): ComputedRef<number> {
  const clock = useServerClockStore();
  const now = ref(clock.now());
  const end = computed(() => instant(toValue(until)));
  const from = computed(() => Math.max(now.value, since ? instant(toValue(since)) : 0));
  const left = computed(() => Math.max(0, Math.ceil((end.value - from.value) / 1_000)));
  const timer = setInterval(() => (now.value = clock.now()), 500);
  watch(end, () => (now.value = clock.now()), { flush: 'sync' });
  onScopeDispose(() => clearInterval(timer));
  return left;
}

function instant(value: string | number | null | undefined): number {
  if (typeof value === 'number') return value;
  return value ? Date.parse(value) : 0;
}
