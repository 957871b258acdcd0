export const ROLES = ['professional', 'structure-admin', 'national-admin'] as const;
export type Role = (typeof ROLES)[number];
