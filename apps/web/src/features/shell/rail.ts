import { computed } from 'vue';
import { useRoute } from 'vue-router';
import { useMayOpen } from '../../composables/may-open';
import { useSessionStore } from '../../stores/session.store';

/** Administration pages, with the addresses under which each entry is the current one. */
const SECTIONS = [
  { to: 'admin-accounts', label: 'accounts', under: ['/administration/comptes', '/administration/import'] },
  { to: 'admin-structures', label: 'structures', under: ['/administration/structures'] },
  { to: 'admin-applications', label: 'applications', under: ['/administration/applications'] },
  { to: 'admin-webhooks', label: 'webhooks', under: ['/administration/webhooks'] },
  { to: 'admin-journal', label: 'journal', under: ['/administration/journal'] },
  { to: 'admin-statistics', label: 'statistics', under: ['/administration/statistiques'] },
  { to: 'admin-service', label: 'service', under: ['/administration/etat'] },
  {
    to: 'admin-setup',
    label: 'settings',
    under: ['/administration/demarrage', '/administration/mentions-legales'],
  },
] as const;
const HOME = { to: 'home', label: 'home', under: [] } as const;
const MY_ACCOUNT = { to: 'my-account', label: 'myAccount', under: ['/mon-compte'] } as const;

export type RailEntry = (typeof SECTIONS)[number] | typeof HOME | typeof MY_ACCOUNT;

/** Entries of the rail: home, the sections that the roles open, and the own account. */
export function useRail() {
  const sessions = useSessionStore();
  const mayOpen = useMayOpen();
  const route = useRoute();
  const entries = computed<RailEntry[]>(() => {
    // A session limited to one page opens none of these.
    const open = sessions.session?.limitedTo ? [] : SECTIONS.filter(({ to }) => mayOpen(to));
    return open.length ? [HOME, ...open, MY_ACCOUNT] : [];
  });
  return {
    entries,
    /** Without an administrator's role there is no rail. */
    shown: computed(() => entries.value.length > 0),
    /** `page` where the entry's own page is open, `true` on a page under it. */
    currentOf({ to, under }: RailEntry) {
      if (route.name === to) return 'page';
      return under.some((path) => route.path.startsWith(path)) ? 'true' : undefined;
    },
  };
}
