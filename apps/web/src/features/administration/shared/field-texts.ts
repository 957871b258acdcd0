import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../../api/problem';

const CODES = [
  ...['required', 'format', 'too-long', 'taken', 'choice'],
  ...['parent-unknown', 'parent-not-grouping', 'parent-below', 'too-many-levels', 'structures-below'],
] as const;
/** Example for a field whose format is not obvious. */
const EXAMPLES: Record<string, string> = {
  email: 'claire.martin@hopital.example',
  username: 'claire.martin',
  nationalId: '899700000017',
  finess: '990000036',
  siret: '26990000000016',
};

/** The faults beside each field of a form: missing values before the request, and the API's refusals after it. */
export function useFieldTexts<Field extends string, Values>(
  fields: readonly Field[],
  missing: (values: Values) => readonly Field[],
) {
  const { t } = useI18n();
  function refusal(field: Field, problem: ApiProblem): string {
    const reason = problem.reasonOf(field) ?? problem.reasonOf(`${field}Id`);
    if (!reason) return '';
    const known = CODES.find((code) => code === reason) ?? 'format';
    const example = known === 'format' && EXAMPLES[field];
    return example
      ? t('administration.fieldErrors.formatLike', { example })
      : t(`administration.fieldErrors.${known}`);
  }
  const rule = (field: Field, values: Values) =>
    missing(values).includes(field) ? t(`administration.missing.${field}`) : '';
  const each = <Text>(text: (field: Field) => Text) =>
    Object.fromEntries(fields.map((field) => [field, text(field)])) as Record<Field, Text>;
  return {
    rules: each((field) => (values: Values) => rule(field, values)),
    refusals: each((field) => (problem: ApiProblem) => refusal(field, problem)),
  };
}
