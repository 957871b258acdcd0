import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { useSessionStore } from '../../stores/session.store';

/** Whether the page takes the whole width; before the first one is there, whether it will: nothing moves when it comes. */
export function useDensePage() {
  const route = useRoute();
  const sessions = useSessionStore();
  const coming = useRouter().resolve(location.pathname).meta;
  return computed(() => {
    const meta = route.matched.length > 0 || !sessions.signedIn ? route.meta : coming;
    return Boolean(meta.dense);
  });
}
