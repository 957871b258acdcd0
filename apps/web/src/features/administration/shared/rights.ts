import { computed } from 'vue';
import { AUDITOR } from '../../../composables/administrators';
import { useSessionStore } from '../../../stores/session.store';

/** What the pages offer to whom; the API decides again for each act. */
export function useRights() {
  const sessions = useSessionStore();
  const account = computed(() => sessions.account);
  return {
    national: computed(() => sessions.national),
    administers: computed(() => sessions.administers),
    /** Has the journal proven. */
    proves: computed(() => sessions.national || Boolean(account.value?.roles.includes(AUDITOR))),
    /** Reads what concerns every structure. */
    readsAll: computed(
      () => sessions.national || Boolean(account.value?.roles.includes(AUDITOR) && !account.value.structure),
    ),
    isSelf: (id: string) => sessions.account?.id === id,
  };
}
