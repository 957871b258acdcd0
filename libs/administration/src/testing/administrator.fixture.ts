import { Account, NO_POLICY } from '@portillon/account';
import type { Client } from '@portillon/http';
import type { Session } from '@portillon/session';
import type { Administrator } from '../administrator.types';

const HOSPITAL = { id: 'hospital', name: 'Hôpital des Trois Dames' };

export const CLIENT: Client = {
  address: '192.0.2.7',
  addressBlock: '192.0.2.7',
  userAgent: 'Firefox',
  requestId: 'request',
  locale: 'fr',
};

function administrator(accountId: string, structureId: string | null): Administrator {
  const structure = structureId === null ? null : HOSPITAL;
  const session = { accountId, principal: { structure } } as Session;
  return { session, scope: { structureId }, client: CLIENT };
}

/** Nadia administers every structure. */
export const NATIONAL = administrator('nadia', null);
/** Hugo administers the hospital. */
export const OF_HOSPITAL = administrator('hugo', HOSPITAL.id);

/** Claire's account in the hospital, with these changes. */
export function claire(changes: Partial<Account> = {}): Account {
  return {
    id: 'claire',
    username: 'claire.martin',
    displayName: 'Claire Martin',
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
    version: 1,
    ...changes,
  } as Account;
}
