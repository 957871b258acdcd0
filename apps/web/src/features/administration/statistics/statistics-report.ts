import { useQuery } from '@pinia/colada';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { getReport, type ReportQuery } from '../../../api/journal.api';
import type { SignInReport } from '../../../api/types';
import { useServerClockStore } from '../../../stores/server-clock.store';
import { addressFor, questionIn } from '../shared/address';
import { dayInParis } from '../../../composables/dates/paris-day';
import { type Span, spanBefore, spanOf, type StatisticsQuestion, usual } from './statistics-question';

/** Figures for the address, and those of the previous period. */
export function useStatistics() {
  const route = useRoute();
  const router = useRouter();
  const question = computed(() => questionIn(route.query, usual));
  const today = dayInParis(new Date(useServerClockStore().now()).toISOString());
  const span = computed(() => spanOf(question.value, today));
  const asked = computed(() => queryOf(span.value, question.value.structure));
  const compared = computed(() => spanBefore(span.value, question.value.period));
  const shown = useReport(() => asked.value);
  const before = useReport(() => compared.value && queryOf(compared.value, question.value.structure));
  const change = (part: Partial<StatisticsQuestion>) =>
    router.replace({ query: addressFor({ ...question.value, ...part }, usual) });
  /** While the next report loads, the shown one is of another period: its comparison must match it. */
  const comparable = computed(() =>
    shown.isPlaceholderData.value || before.isPlaceholderData.value ? undefined : before.data.value,
  );
  return {
    question,
    address: computed(() => addressFor(question.value, usual)),
    today,
    span,
    asked,
    compared,
    report: shown.data,
    before: comparable,
    busy: shown.isLoading,
    problem: shown.error,
    load: () => shown.refetch(),
    change,
  };
}

function useReport(query: () => ReportQuery | null) {
  return useQuery({
    key: () => ['admin-report', query()],
    query: () => getReport(query()!),
    enabled: () => query() !== null,
    placeholderData: (shown: SignInReport | undefined) => shown,
  });
}

function queryOf({ from, to, by }: Span, structure: string): ReportQuery {
  return { structure: structure || undefined, from: from || undefined, to: to || undefined, by };
}
