import type { Account } from '@portillon/account';
import type { PendingSignIn, Session } from '@portillon/session';

export const CLAIRE = { id: 'claire', username: 'claire.martin', structure: null } as Account;

export const SESSION = {
  id: 'session',
  accountId: 'claire',
  means: 'password',
  proof: {},
  principal: { structure: null },
} as unknown as Session;

export const SIGN_IN = {
  id: 'sign-in',
  accountId: 'claire',
  means: 'password',
  principal: { structure: null },
} as unknown as PendingSignIn;
