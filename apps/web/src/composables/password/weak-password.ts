import { useI18n } from 'vue-i18n';
import type { ApiProblem } from '../../api/problem';
import { useKnownText } from '../texts/known-text';

/** Why the API refused a new password, as the error of its field; empty for another refusal. */
export function useWeakPassword() {
  const { t } = useI18n();
  const known = useKnownText();
  return ({ code, reasons }: ApiProblem): string => {
    if (code !== 'password.weak') return '';
    const texts = reasons.map((reason) =>
      known(`passwordChange.reasons.${reason.code}`, '', { word: reason.word ?? '' }),
    );
    return [t('problems.password.weak'), ...texts].join(' ').trim();
  };
}
