import { computed } from 'vue';
import { ROLES, useRoleNames } from '../shared/role-names';

/** The roles to choose among. A role of `given` that the pages do not know stays, and may be taken away. */
export function useRoleChoices(given: readonly string[]) {
  const roleName = useRoleNames();
  const foreign = given.filter((role) => !ROLES.some((one) => one === role));
  return computed(() => [...ROLES, ...foreign].map((value) => ({ value, text: roleName(value) })));
}
