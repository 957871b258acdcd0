import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { SignInReport } from '../../../api/types';
import { useRights } from '../shared/rights';
import { spanText } from './statistics-charts';
import { useNumbers } from './statistics-numbers';
import type { Span, StatisticsQuestion } from './statistics-question';
import { useStructureAsked } from '../structures/structure-asked';

interface Shown {
  question: StatisticsQuestion;
  report: SignInReport | undefined;
  compared: Span | null;
}

/** Header of a printed report: twelve months are the yearly report. */
export function useStatisticsFacts(shown: () => Shown) {
  const { t } = useI18n();
  const { language } = useNumbers();
  const { several } = useRights();
  const structure = useStructureAsked(() => shown().question.structure);
  const title = computed(() =>
    t(shown().question.period === 'year' ? 'statistics.yearly' : 'statistics.title'),
  );
  const facts = computed(() => {
    const { question, report, compared } = shown();
    return [
      report && { label: t('statistics.period.label'), value: spanText(report, language.value) },
      compared && { label: t('statistics.comparedWith'), value: spanText(compared, language.value) },
      several.value && {
        label: t('journal.structure'),
        value: question.structure
          ? (structure.value?.name ?? question.structure)
          : t('statistics.everyStructure'),
      },
    ].filter((fact) => fact !== null && fact !== undefined && fact !== false);
  });
  return { title, facts };
}
