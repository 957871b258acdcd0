import { computed } from 'vue';
import { useSessionStore } from '../../../stores/session.store';

/** What the pages offer to whom; the API decides again for each act. */
export function useRights() {
  const sessions = useSessionStore();
  return {
    /** Administers every structure, and not only the own one. */
    national: computed(() => sessions.account?.roles.includes('national-admin') ?? false),
    isSelf: (id: string) => sessions.account?.id === id,
  };
}
