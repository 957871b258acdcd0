import { computed } from 'vue';
import { ROLES, useRoleNames } from '../shared/role-names';

/** Roles to choose from. An unknown role of `given` stays, and can be removed. */
export function useRoleChoices(given: readonly string[]) {
  const roleName = useRoleNames();
  const foreign = given.filter((role) => !ROLES.some((one) => one === role));
  return computed(() => [...ROLES, ...foreign].map((value) => ({ value, text: roleName(value) })));
}
