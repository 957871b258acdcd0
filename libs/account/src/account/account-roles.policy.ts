export const ADMINISTRATOR_ROLES = ['structure-admin', 'national-admin'] as const;

/** Whether these roles administer anything. */
export function administers(roles: readonly string[]): boolean {
  return ADMINISTRATOR_ROLES.some((role) => roles.includes(role));
}

/** Whether both administer the same: other roles count for nothing here. */
export function administersAlike(before: readonly string[], after: readonly string[]): boolean {
  return ADMINISTRATOR_ROLES.every((role) => before.includes(role) === after.includes(role));
}
