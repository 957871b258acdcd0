import { computed } from 'vue';
import { useSessionStore } from '../../../stores/session.store';

/** What the pages offer to whom; the API decides again for each act. */
export function useRights() {
  const sessions = useSessionStore();
  return {
    national: computed(() => sessions.national),
    isSelf: (id: string) => sessions.account?.id === id,
  };
}
