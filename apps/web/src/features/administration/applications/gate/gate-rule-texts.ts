import { useI18n } from 'vue-i18n';
import type { AdminGateRule } from '../../../../api/types';
import { useRoleNames } from '../../shared/role-names';
import { useAcrLevels } from '../acr-levels';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Returns the requirements of a rule as a sentence. */
export function useRuleTexts() {
  const { t, locale } = useI18n();
  const roleName = useRoleNames();
  const { level } = useAcrLevels();

  const oneOf = (names: string[]) => new Intl.ListFormat(locale.value, { type: 'disjunction' }).format(names);
  /** `5 minutes`, `4 heures`. */
  function age(seconds: number): string {
    const [value, unit] =
      seconds % HOUR === 0
        ? [seconds / HOUR, 'hour']
        : seconds % MINUTE === 0
          ? [seconds / MINUTE, 'minute']
          : [seconds, 'second'];
    return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
  }
  /** Requirements on the sign-in. */
  function asked(acr: string | null, maxAgeSeconds: number | null): string[] {
    return [
      ...(acr === null ? [] : [t('applications.rules.asked.level', { level: level(acr) })]),
      ...(maxAgeSeconds === null ? [] : [t('applications.rules.asked.age', { age: age(maxAgeSeconds) })]),
    ];
  }
  function conditions(rule: AdminGateRule, nameOf: (structure: string) => string): string[] {
    const { methods, access, roles, structures, acr, maxAgeSeconds } = rule;
    return [
      ...(methods.length ? [t('applications.rules.asked.methods', { methods: oneOf(methods) })] : []),
      t(`applications.rules.access.${access}`),
      ...(roles.length ? [t('applications.rules.asked.roles', { roles: oneOf(roles.map(roleName)) })] : []),
      ...(structures.length
        ? [t('applications.rules.asked.structures', { structures: oneOf(structures.map(nameOf)) })]
        : []),
      ...asked(acr, maxAgeSeconds),
    ];
  }
  return { age, asked, conditions };
}
