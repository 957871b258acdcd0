import { useI18n } from 'vue-i18n';
import type { Role } from '../../../api/types';

export const ROLES: readonly Role[] = ['professional', 'structure-admin', 'national-admin', 'auditor'];
/** Roles that reach every structure, or may: a national administrator alone gives them. */
export const GIVEN_NATIONALLY: readonly Role[] = ['national-admin', 'auditor'];

/** A role as people call it; one that the pages do not know is shown as it is. */
export function useRoleNames() {
  const { t } = useI18n();
  return (role: string) => {
    const known = ROLES.find((one) => one === role);
    return known ? t(`administration.roles.${known}`) : role;
  };
}
