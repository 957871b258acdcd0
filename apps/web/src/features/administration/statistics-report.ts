import { useQuery } from '@pinia/colada';
import { reactive, shallowRef, watch } from 'vue';
import { getReport, type ReportQuery } from '../../api/journal.api';
import type { SignInReport } from '../../api/types';

export interface StatisticsQuestion {
  structure: { id: string; name: string } | null;
  from: string;
  to: string;
  by: 'month' | 'day';
}

/** The figures of a structure, or of every one, over the days that were asked for. */
export function useStatistics() {
  const question = reactive<StatisticsQuestion>({ structure: null, from: '', to: '', by: 'month' });
  /** What the figures that are shown were asked with. */
  const asked = shallowRef<ReportQuery>(queryOf(question));
  const {
    data: report,
    error: problem,
    isLoading: busy,
    refetch,
  } = useQuery({
    key: () => ['admin-report', asked.value],
    query: () => getReport(asked.value),
    placeholderData: (shown: SignInReport | undefined) => shown,
  });
  /** The same question once more is asked anew. */
  function load() {
    const query = queryOf(question);
    if (JSON.stringify(query) === JSON.stringify(asked.value)) return refetch();
    asked.value = query;
  }
  watch(report, (shown) => {
    if (shown) Object.assign(question, { from: shown.from, to: shown.to });
  });
  return { question, report, asked, busy, problem, load };
}

function queryOf({ structure, from, to, by }: StatisticsQuestion): ReportQuery {
  return { structure: structure?.id, from: from || undefined, to: to || undefined, by };
}
