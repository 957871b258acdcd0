import type { Account } from '@portillon/account';

/** Claire's account, with these changes. */
export function claire(changes: Partial<Account> = {}): Account {
  return {
    id: 'claire',
    username: 'claire.martin',
    displayName: 'Claire Martin',
    status: 'ACTIVE',
    email: 'claire@hopital.example',
    locale: 'fr',
    structure: null,
    passwordDigest: 'digest',
    ...changes,
  } as Account;
}
