import { useQuery } from '@pinia/colada';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AdminEntry } from '../../../api/types';
import { useDates } from '../../../composables/dates/dates';
import { useKnownText } from '../../../composables/texts/known-text';
import { useSettled } from '../../../composables/settled';
import { useSessionStore } from '../../../stores/session.store';
import { useWaysIn } from '../../../composables/texts/ways-in';
import { usePaletteActs } from './palette-acts';
import { usePalettePages } from './palette-pages';
import { usePaletteRecent } from './palette-recent';
import { type Found, referenceIn, search } from './palette-search';
import type { PaletteResult } from './PaletteGroup.vue';

interface PaletteResults {
  kind: 'recent' | 'acts' | 'people' | 'structures' | 'events' | 'applications' | 'pages' | 'lists';
  results: PaletteResult[];
}

/** The results during typing. They stay in the page's memory, since a workstation may be shared. */
export function usePaletteResults() {
  const sessions = useSessionStore();
  const { pages, lists } = usePalettePages();
  const recent = usePaletteRecent();
  const { actsIn, resultsOf: actResults } = usePaletteActs();
  const resultsOf = useFoundResults();
  const text = ref('');
  const typed = useSettled(() => text.value);
  /** An action on a person, if the text contains one. */
  const asked = computed(() => (sessions.administers ? actsIn(typed.value) : null));
  const { data, error, isLoading, refetch } = useQuery({
    key: () => ['palette', typed.value],
    query: () => search(typed.value, sessions, asked.value?.name),
    enabled: () => typed.value !== '',
    placeholderData: (shown: Found | undefined) => shown,
    // Errors are shown here, because the page's lower bar is behind the dialog.
    meta: { shownInPlace: true },
  });
  const found = computed(() => (typed.value && !error.value ? data.value : undefined));
  const groups = computed<PaletteResults[]>(() => [
    { kind: 'recent', results: typed.value ? [] : recent.results.value },
    {
      kind: 'acts',
      results: asked.value && found.value ? actResults(asked.value.acts, found.value.people) : [],
    },
    ...(found.value ? resultsOf(found.value, typed.value) : []),
    { kind: 'pages', results: pages(typed.value) },
    { kind: 'lists', results: lists(typed.value) },
  ]);
  const count = computed(() => groups.value.reduce((sum, { results }) => sum + results.length, 0));
  return {
    text,
    typed,
    groups,
    count,
    busy: isLoading,
    problem: error,
    retry: () => refetch(),
    keep: recent.keep,
  };
}

function useFoundResults() {
  const { t } = useI18n();
  const known = useKnownText();
  const { dayAndTime } = useDates();
  const { lead } = useWaysIn();
  /** Null for a person without an obstacle. */
  const kept = (entry: AdminEntry) => (entry.canEnter === 'yes' ? null : lead(entry));
  const join = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');

  return ({ people, structures, events, applications }: Found, typed: string) => {
    const query = referenceIn(typed) ?? {};
    const groups: PaletteResults[] = [
      {
        kind: 'people',
        results: people.map(({ id, displayName, username, structure, entry }) => ({
          id,
          text: displayName,
          note: join(username, structure?.name, kept(entry)),
          to: { name: 'admin-account', params: { id } },
        })),
      },
      {
        kind: 'structures',
        results: structures.map(({ id, name, finess, siret }) => ({
          id,
          text: name,
          note: finess ?? siret ?? undefined,
          to: { name: 'admin-structure', params: { id } },
        })),
      },
      {
        kind: 'events',
        results: events.map(({ id, name, account, at }) => ({
          id,
          text: known(`events.names.${name}`, name),
          note: join(account?.displayName ?? (account && t('palette.unnamed')), dayAndTime(at)),
          to: { name: 'admin-journal', query },
        })),
      },
      {
        kind: 'applications',
        results: applications.map(({ id, name, homeUri }) => ({ id, text: name, to: '', href: homeUri! })),
      },
    ];
    return groups;
  };
}
