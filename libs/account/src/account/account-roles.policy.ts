export const ADMINISTRATOR_ROLES = ['structure-admin', 'national-admin'] as const;
/** Reads the journal and the statistics of the own structure, or of the service when it has none; changes nothing. */
export const AUDITOR_ROLE = 'auditor';
/** Roles that reach what concerns other people. */
export const PRIVILEGED_ROLES = [...ADMINISTRATOR_ROLES, AUDITOR_ROLE] as const;

/** Whether these roles reach what concerns other people: their account is protected as an administrator's. */
export function isPrivileged(roles: readonly string[]): boolean {
  return PRIVILEGED_ROLES.some((role) => roles.includes(role));
}

/** Whether both reach the same: other roles count for nothing here. */
export function privilegedAlike(before: readonly string[], after: readonly string[]): boolean {
  return PRIVILEGED_ROLES.every((role) => before.includes(role) === after.includes(role));
}
