import { onMounted, reactive, shallowRef } from 'vue';
import { getReport, type ReportQuery } from '../../api/journal.api';
import type { SignInReport } from '../../api/types';
import { useAttempt } from '../../composables/attempt';

export interface StatisticsQuestion {
  structure: { id: string; name: string } | null;
  from: string;
  to: string;
  by: 'month' | 'day';
}

/** The figures of a structure, or of every one, over the days that were asked for. */
export function useStatistics() {
  const question = reactive<StatisticsQuestion>({ structure: null, from: '', to: '', by: 'month' });
  const report = shallowRef<SignInReport | null>(null);
  /** What the figures that are shown were asked with. */
  const asked = shallowRef<ReportQuery>({});
  const { busy, problem, run } = useAttempt();

  const load = () =>
    run(async () => {
      const { structure, from, to, by } = question;
      const query = { structure: structure?.id, from: from || undefined, to: to || undefined, by };
      report.value = await getReport(query);
      asked.value = query;
      question.from = report.value.from;
      question.to = report.value.to;
    });
  onMounted(load);
  return { question, report, asked, busy, problem, load };
}
