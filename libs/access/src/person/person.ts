import type { Session } from '@portillon/session';

/** The account holder of a session or of a sign-in in progress, for the journal. */
export function personOf({ accountId, principal }: Pick<Session, 'accountId' | 'principal'>) {
  return { id: accountId, structure: principal.structure };
}
