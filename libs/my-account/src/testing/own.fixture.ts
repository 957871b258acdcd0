import type { Account } from '@portillon/account';
import type { Client } from '@portillon/http';
import type { Session } from '@portillon/session';

/** The session of Claire, at whose account a spec looks. */
export const session = {
  id: 'session',
  accountId: 'claire',
  browserId: 'browser',
  principal: { structure: { id: 'structure', name: 'Hôpital des Trois Dames' } },
} as Session;

export const client: Client = {
  address: '192.0.2.7',
  addressBlock: '192.0.2.7',
  userAgent: 'Firefox',
  requestId: 'request',
  locale: 'fr',
};

/** Claire's account, with these changes. */
export function own(changes: Partial<Account> = {}): Account {
  return {
    id: 'claire',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    email: 'claire@hopital.example',
    status: 'ACTIVE',
    codeChannel: 'EMAIL',
    phone: null,
    nationalId: null,
    ...changes,
  } as Account;
}
