import { useI18n } from 'vue-i18n';
import type { Role } from '../../../api/types';

export const ROLES: readonly Role[] = ['professional', 'structure-admin', 'national-admin', 'auditor'];
/** Roles over all structures: only a national administrator grants them. */
export const GIVEN_NATIONALLY: readonly Role[] = ['national-admin', 'auditor'];

/** Name of a role; an unknown role is shown unchanged. */
export function useRoleNames() {
  const { t } = useI18n();
  return (role: string) => {
    const known = ROLES.find((one) => one === role);
    return known ? t(`administration.roles.${known}`) : role;
  };
}
