import { useQuery, useQueryCache } from '@pinia/colada';
import { getAccount } from '../../api/account.api';
import type { Account } from '../../api/types';
import { useSessionStore } from '../../stores/session.store';

/** The key contains the account: the tab never shows the data of the previously signed-in person. */
function useAccountKey() {
  const sessions = useSessionStore();
  return () => ['account', sessions.account?.id ?? null];
}

/** Time for which the account stays cached, so that the next page shows it at once. */
const KEPT_MS = 60_000;

/** The account of the signed-in person, shared by the pages of « Mon compte ». */
export function useAccount() {
  const sessions = useSessionStore();
  return useQuery({
    key: useAccountKey(),
    query: getAccount,
    enabled: () => sessions.signedIn,
    gcTime: KEPT_MS,
  });
}

/** Applies a person's action to the shown account. */
export function useAccountChange() {
  const key = useAccountKey();
  const queries = useQueryCache();
  return {
    take: (account: Account) => queries.setQueryData(key(), account),
    reload: () => queries.invalidateQueries({ key: key(), exact: true }),
  };
}
