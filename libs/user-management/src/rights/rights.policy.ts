import { ADMINISTRATOR_ROLES, AUDITOR_ROLE, isPrivileged, PRIVILEGED_ROLES } from '@portillon/account';
import type { Account } from '@portillon/account';
import type { Machine } from '@portillon/access';
import type { Caller } from '@portillon/http';

export const ROLES = ['professional', 'structure-admin', 'national-admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

const NATIONAL = ['national-admin'] as const;
const BOTH = ADMINISTRATOR_ROLES;
const READERS = PRIVILEGED_ROLES;

/**
 * Defines all rights of administration. A structure's administrator acts within their own structure. An auditor reads in
 * their own structure or, without one, everywhere.
 */
export const RIGHTS = {
  'accounts.read': BOTH,
  'accounts.create': BOTH,
  'accounts.edit': BOTH,
  'accounts.unlock': BOTH,
  'accounts.deactivate': BOTH,
  'accounts.reactivate': BOTH,
  'accounts.reset-factors': BOTH,
  'accounts.revoke-sessions': BOTH,
  'accounts.resend-invitation': BOTH,
  'accounts.link': BOTH,
  'accounts.prove-identity': BOTH,
  'accounts.erase': BOTH,
  'accounts.decide': BOTH,
  'accounts.export-data': BOTH,
  'accounts.emergency-access': BOTH,
  'accounts.import': BOTH,
  'accounts.export': BOTH,
  'accounts.invite-in-waves': NATIONAL,
  'applications.read': BOTH,
  'applications.create': BOTH,
  'applications.edit': BOTH,
  'structures.read': BOTH,
  'structures.create': NATIONAL,
  'structures.edit': NATIONAL,
  'policies.read': BOTH,
  'policies.edit': BOTH,
  'events.read': READERS,
  'events.export': READERS,
  // It reads all of the journal: not for each administrator of a structure.
  'events.prove': ['national-admin', AUDITOR_ROLE],
  'reports.read': READERS,
  'service.read': NATIONAL,
  'service.edit': NATIONAL,
  'webhooks.read': BOTH,
  'webhooks.edit': BOTH,
} as const satisfies Record<string, readonly PrivilegedRole[]>;

export type Act = keyof typeof RIGHTS;
type PrivilegedRole = (typeof PRIVILEGED_ROLES)[number];

/**
 * The scope that opens an action to machine clients. All other actions stay closed to them: roles, factors, links, erasure,
 * pending changes, emergency access.
 */
const MACHINE_RIGHTS: Partial<Record<Act, string>> = {
  'accounts.read': 'accounts:read',
  'accounts.create': 'accounts:write',
  'accounts.edit': 'accounts:write',
  'accounts.deactivate': 'accounts:write',
  'accounts.reactivate': 'accounts:write',
  'accounts.resend-invitation': 'accounts:write',
  'accounts.revoke-sessions': 'sessions:end',
  'events.read': 'events:read',
  'structures.read': 'structures:read',
};

/** The scope that opens an act to a machine; null: none does. */
export function machineScope(act: Act): string | null {
  return MACHINE_RIGHTS[act] ?? null;
}

/** The reach of an administrator: these structures, or every one when `structureIds` is null. */
export interface Scope {
  structureIds: readonly string[] | null;
}

/** Whose rights are asked for: the roles of the account, and those of each membership. */
export interface RightsHolder {
  roles: readonly string[];
  memberships: readonly { structure: { id: string }; roles: readonly string[] }[];
}

/**
 * Returns the scope in which this person may do `act`, without what is below a grouping; undefined when they may not. The
 * widest role counts.
 */
export function rightsScopeOf(act: Act, { roles, memberships }: RightsHolder): Scope | undefined {
  const allowed: readonly string[] = RIGHTS[act];
  const may = (held: readonly string[], role: PrivilegedRole) =>
    held.includes(role) && allowed.includes(role);
  if (may(roles, 'national-admin')) return { structureIds: null };
  // Only an actor who reaches every structure gives this role, or changes the structure of an auditor.
  if (may(roles, AUDITOR_ROLE) && memberships.length === 0) return { structureIds: null };
  const structureIds = memberships
    .filter(({ roles: held }) => may(held, 'structure-admin') || may(held, AUDITOR_ROLE))
    .map(({ structure }) => structure.id);
  // Without a structure there is nothing to administer.
  return structureIds.length > 0 ? { structureIds } : undefined;
}

/** Returns the scope in which a machine client may do `act`; undefined when its token does not allow it. */
export function scopeOfMachine(
  act: Act,
  { scopes, structureId }: Pick<Machine, 'scopes' | 'structureId'>,
): Scope | undefined {
  const needed = machineScope(act);
  if (needed === null || !scopes.includes(needed)) return undefined;
  return { structureIds: structureId === null ? null : [structureId] };
}

/** Whether something of this structure, or of none, is within the scope. */
export function isWithinReach(scope: Scope, structureId: string | null): boolean {
  if (scope.structureIds === null) return true;
  return structureId !== null && scope.structureIds.includes(structureId);
}

/** Whether the structure that manages the account is within the scope. */
export function isManagedWithin(scope: Scope, { structure }: Pick<Account, 'structure'>): boolean {
  return isWithinReach(scope, structure?.id ?? null);
}

/** The open memberships within the scope. */
export function placesWithin(
  scope: Scope,
  { memberships }: Pick<Account, 'memberships'>,
): Account['memberships'] {
  return memberships.filter(({ structure }) => isWithinReach(scope, structure.id));
}

/** The structure that a new thing belongs to when none is named: that in use, else the first within reach; null: none. */
export function homeOf({
  actor,
  scope,
}: {
  actor: { structure: { id: string } | null };
  scope: Scope;
}): string | null {
  if (scope.structureIds === null) return null;
  const inUse = actor.structure?.id ?? null;
  return isWithinReach(scope, inUse) ? inUse : scope.structureIds[0]!;
}

/** A structure's administrator neither touches nor makes a national one, nor an auditor: who is watched is not who watches. */
export function mayHandle(scope: Scope, roles: readonly string[]): boolean {
  return scope.structureIds === null || !(isNational(roles) || roles.includes(AUDITOR_ROLE));
}

export function isMachine({ actor }: { actor: Pick<Caller, 'kind'> }): boolean {
  return actor.kind === 'application';
}

export { isPrivileged };

export function isNational(roles: readonly string[]): boolean {
  return roles.includes('national-admin');
}

/** Whether a user with the rights `before` still administers the same; `professional` administers nothing. */
export function keepsRights(before: readonly string[], after: readonly string[]): boolean {
  return before.every((role) => role === 'professional' || after.includes(role));
}
