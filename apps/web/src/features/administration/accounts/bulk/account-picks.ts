import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import { type AccountQuery, listAccounts } from '../../../../api/administration.api';
import type { AccountLine } from '../../../../api/types';

const PAGE = 100;
/** Maximum of one run: the reader should be able to read its results. */
export const MOST_PICKED = 1_000;

/** The accounts chosen in the list; a new search or filter clears them. */
export function useAccountPicks(query: Readonly<Ref<AccountQuery>>) {
  const picked = shallowRef<ReadonlyMap<string, AccountLine>>(new Map());
  const gathering = ref(false);
  const set = (accounts: Iterable<AccountLine>) =>
    (picked.value = new Map([...accounts].slice(0, MOST_PICKED).map((account) => [account.id, account])));

  function pick(accounts: readonly AccountLine[], wanted: boolean) {
    const ids = new Set(accounts.map(({ id }) => id));
    const others = [...picked.value.values()].filter(({ id }) => !ids.has(id));
    set(wanted ? [...others, ...accounts] : others);
  }
  /** The whole list, including the accounts not shown yet. */
  async function pickEverything() {
    const asked = query.value;
    const found: AccountLine[] = [];
    let cursor: string | undefined;
    gathering.value = true;
    try {
      do {
        const page = await listAccounts({ ...asked, cursor, limit: PAGE });
        found.push(...page.items);
        cursor = page.nextCursor ?? undefined;
      } while (cursor && found.length < MOST_PICKED && query.value === asked);
      if (query.value === asked) set(found);
    } finally {
      gathering.value = false;
    }
  }
  watch(query, () => set([]));
  return {
    picked,
    accounts: computed(() => [...picked.value.values()]),
    gathering,
    pick,
    pickEverything,
    forget: () => set([]),
  };
}
