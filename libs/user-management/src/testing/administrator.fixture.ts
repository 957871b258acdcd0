import { Account } from '@portillon/account';
import { NO_POLICY } from '@portillon/structure';
import type { Client } from '@portillon/http';
import type { Actor, Administrator } from '../rights/actor';

const HOSPITAL = { id: 'hospital', name: 'Hôpital des Trois Dames' };

export const CLIENT: Client = {
  address: '192.0.2.7',
  addressBlock: '192.0.2.7',
  userAgent: 'Firefox',
  requestId: 'request',
  locale: 'fr',
};

function administrator(
  id: string,
  structureId: string | null,
  kind: Actor['kind'] = 'person',
): Administrator {
  const structure = structureId === null ? null : HOSPITAL;
  return {
    actor: { kind, id, structure },
    scope: { structureIds: structureId === null ? null : [structureId] },
    client: CLIENT,
  };
}

/** Nadia administers every structure. */
export const NATIONAL = administrator('nadia', null);
/** Hugo administers the hospital. */
export const OF_HOSPITAL = administrator('hugo', HOSPITAL.id);
/** The directory of the hospital, a service. */
export const DIRECTORY = administrator('directory', HOSPITAL.id, 'application');
/** A service of every structure. */
export const NATIONAL_SERVICE = administrator('national-service', null, 'application');

/** Claire's account in the hospital, with these changes. */
export function claire(changes: Partial<Account> = {}): Account {
  const { structure = HOSPITAL, roles = ['professional'] } = changes;
  const memberships = structure
    ? [{ structure, roles, function: null, manages: true, policy: NO_POLICY }]
    : [];
  return {
    id: 'claire',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    givenName: null,
    familyName: null,
    email: 'claire@hopital.example',
    status: 'ACTIVE',
    roles: ['professional'],
    structure: HOSPITAL,
    nationalId: null,
    phone: null,
    codeChannel: 'EMAIL',
    emergency: null,
    passwordDigest: 'digest',
    lastSignedInAt: null,
    policy: NO_POLICY,
    administrationChangedAt: null,
    accessChangedAt: null,
    fourEyesLeftAt: null,
    identity: null,
    identityVerifiedBy: null,
    directory: null,
    version: 1,
    ...changes,
    memberships: changes.memberships ?? memberships,
  } as unknown as Account;
}
