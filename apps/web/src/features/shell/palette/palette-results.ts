import { useQuery } from '@pinia/colada';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useDates } from '../../../composables/dates/dates';
import { useKnownText } from '../../../composables/texts/known-text';
import { useSettled } from '../../../composables/settled';
import { useSessionStore } from '../../../stores/session.store';
import { usePalettePages } from './palette-pages';
import { type Found, referenceIn, search } from './palette-search';
import type { PaletteResult } from './PaletteGroup.vue';

/** What is found as one types. It stays in the memory of the page: a workstation is shared. */
export function usePaletteResults() {
  const sessions = useSessionStore();
  const pages = usePalettePages();
  const resultsOf = useFoundResults();
  const text = ref('');
  const typed = useSettled(() => text.value);
  const { data, error, isLoading, refetch } = useQuery({
    key: () => ['palette', typed.value],
    query: () => search(typed.value, sessions.national),
    enabled: () => typed.value !== '',
    placeholderData: (shown: Found | undefined) => shown,
  });
  const groups = computed(() => [
    ...(typed.value && data.value && !error.value ? resultsOf(data.value, typed.value) : []),
    { kind: 'pages' as const, results: pages(typed.value) },
  ]);
  const count = computed(() => groups.value.reduce((sum, { results }) => sum + results.length, 0));
  return { text, typed, groups, count, busy: isLoading, problem: error, retry: () => refetch() };
}

function useFoundResults() {
  const { t } = useI18n();
  const known = useKnownText();
  const { dayAndTime } = useDates();
  const join = (...parts: (string | null | undefined)[]) => parts.filter(Boolean).join(' · ');

  return ({ people, structures, events }: Found, typed: string) => {
    const query = referenceIn(typed) ?? {};
    const groups: { kind: 'people' | 'structures' | 'events'; results: PaletteResult[] }[] = [
      {
        kind: 'people',
        results: people.map(({ id, displayName, username, structure }) => ({
          id,
          text: displayName,
          note: join(username, structure?.name),
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
    ];
    return groups;
  };
}
