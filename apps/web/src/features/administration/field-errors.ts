import { computed, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../api/problem';

const CODES = ['required', 'format', 'too-long', 'taken', 'choice'] as const;

/** What to say beside each field: what is missing, once it was looked at, and what the API says of it. */
export function useFieldErrors<Field extends string>(
  fields: readonly Field[],
  missing: () => readonly Field[],
  checked: Ref<boolean>,
  problem: ShallowRef<ApiProblem | null>,
) {
  const { t } = useI18n();
  function errorOf(field: Field): string {
    if (checked.value && missing().includes(field)) return t(`administration.missing.${field}`);
    const reason = problem.value?.reasonOf(field) ?? problem.value?.reasonOf(`${field}Id`);
    if (!reason) return '';
    const known = CODES.find((code) => code === reason) ?? 'format';
    return t(`administration.fieldErrors.${known}`);
  }
  return computed(
    () => Object.fromEntries(fields.map((field) => [field, errorOf(field)])) as Record<Field, string>,
  );
}
