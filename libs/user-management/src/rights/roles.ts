export const ROLES = ['professional', 'structure-admin', 'national-admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];
