import { computed } from 'vue';
import { AUDITOR } from '../../../composables/administrators';
import { useSessionStore } from '../../../stores/session.store';

/** Rights that the pages check before they offer an action. The API checks them again on each request. */
export function useRights() {
  const sessions = useSessionStore();
  const account = computed(() => sessions.account);
  return {
    national: computed(() => sessions.national),
    /** Administers several structures. */
    several: computed(() => sessions.administersSeveral),
    administers: computed(() => sessions.administers),
    /** May start a proof of the journal. */
    proves: computed(() => sessions.national || Boolean(account.value?.roles.includes(AUDITOR))),
    /** May read data of all structures. */
    readsAll: computed(
      () => sessions.national || Boolean(account.value?.roles.includes(AUDITOR) && !account.value.structure),
    ),
    /** Whether the person administers this structure, as the session lists its structures: a grouping has others below it. */
    reaches: (structureId: string) =>
      sessions.national ||
      sessions.administered.some(({ id, kind }) => id === structureId || kind === 'grouping'),
    isSelf: (id: string) => sessions.account?.id === id,
  };
}
