import { computed } from 'vue';
import { type RouteLocationRaw, useRoute, useRouter } from 'vue-router';
import { useMayOpen } from '../../composables/may-open';
import { type Section, SECTIONS } from '../../composables/sections';
import { useSessionStore } from '../../stores/session.store';

export interface RailEntry {
  label: Section['label'] | 'home' | 'myStructure' | 'myAccount';
  to: RouteLocationRaw;
  /** Addresses under which it is the current entry. */
  under: string[];
}
const HOME: RailEntry = { label: 'home', to: { name: 'home' }, under: [] };
const MY_ACCOUNT: RailEntry = { label: 'myAccount', to: { name: 'my-account' }, under: ['/mon-compte'] };

/** Entries of the rail: home, the sections that the roles open, and the own account. */
export function useRail() {
  const sessions = useSessionStore();
  const mayOpen = useMayOpen();
  const route = useRoute();
  const router = useRouter();
  /** The one structure of an administrator opens without a list. */
  function entryOf({ label, tabs: [name, ...more], others = [] }: Section): RailEntry {
    const own = sessions.administersSeveral ? null : sessions.administered[0];
    const under = [name, ...more, ...others].map((one) => router.resolve({ name: one }).path);
    const entry = { label, to: { name }, under };
    if (label !== 'structures' || !own) return entry;
    return { ...entry, label: 'myStructure', to: { name: 'admin-structure', params: { id: own.id } } };
  }
  const entries = computed<RailEntry[]>(() => {
    // A session limited to one page opens none of these.
    const bare = sessions.session?.limitedTo || route.meta.bare;
    const open = bare ? [] : SECTIONS.filter(({ tabs: [name] }) => mayOpen(name));
    return open.length ? [HOME, ...open.map(entryOf), MY_ACCOUNT] : [];
  });
  return {
    entries,
    /** Without an administrator's role there is no rail. */
    shown: computed(() => entries.value.length > 0),
    /** `page` where the entry's own page is open, `true` on a page under it. */
    currentOf({ to, under }: RailEntry) {
      if (router.resolve(to).path === route.path) return 'page';
      return under.some((path) => route.path.startsWith(path)) ? 'true' : undefined;
    },
  };
}
