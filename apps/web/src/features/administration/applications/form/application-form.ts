import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../../../api/problem';
import { type ApplicationFields, FIELD_NAMES, keysIn } from './application-fields';

const CODES = [
  'uri-invalid',
  'uri-not-https',
  'uri-fragment',
  'uri-wildcard',
  'redirect-required',
  'origin-taken',
  'auth-method-of-kind',
  'auth-method-off',
  'pkce-off',
  'keys-required',
  'keys-invalid',
  'private-key',
  'subject-required',
] as const;

/** Help texts and errors of the fields. */
export function useApplicationTexts() {
  const { t } = useI18n();
  function refusal(field: string, problem: ApiProblem): string {
    const reason = problem.reasonOf(field);
    if (!reason) return '';
    return t(`applications.refused.${CODES.find((code) => code === reason) ?? 'invalid'}`);
  }
  return {
    rules: {
      name: ({ name }: ApplicationFields) => (name.trim() ? '' : t('applications.missing.name')),
      jwks: ({ authMethod, jwks }: ApplicationFields) =>
        authMethod !== 'private_key_jwt' || !jwks.trim() || keysIn(jwks)
          ? ''
          : t('applications.refused.keys-invalid'),
    },
    refusals: Object.fromEntries(
      FIELD_NAMES.map((field) => [field, (problem: ApiProblem) => refusal(field, problem)]),
    ) as Record<keyof ApplicationFields, (problem: ApiProblem) => string>,
  };
}
