import type { SignInAccount } from '@portillon/account';
import type { Session } from '@portillon/session';

export const CLAIRE = {
  id: 'claire',
  status: 'ACTIVE',
  structure: null,
  memberships: [] as const,
} as unknown as SignInAccount;

/** Claire's session. */
export const SESSION = {
  id: 'session',
  accountId: 'claire',
  principal: { structure: null },
} as unknown as Session;
