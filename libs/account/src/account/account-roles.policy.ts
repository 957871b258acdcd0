export const ADMINISTRATOR_ROLES = ['structure-admin', 'national-admin'] as const;
/** Reads the journal and the statistics of its structure, or of the whole service without one; changes nothing. */
export const AUDITOR_ROLE = 'auditor';
/** Roles with access to other people's data. */
export const PRIVILEGED_ROLES = [...ADMINISTRATOR_ROLES, AUDITOR_ROLE] as const;

/** Whether these roles give access to other people's data: the account is protected like an administrator's. */
export function isPrivileged(roles: readonly string[]): boolean {
  return PRIVILEGED_ROLES.some((role) => roles.includes(role));
}

/** Whether both lists have the same privileged roles. */
export function privilegedAlike(before: readonly string[], after: readonly string[]): boolean {
  return PRIVILEGED_ROLES.every((role) => before.includes(role) === after.includes(role));
}
