import { type EntryKey, useInfiniteQuery } from '@pinia/colada';
import { computed, ref } from 'vue';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  /** Total number of entries, if the first page states it. */
  total?: number | null;
}
interface PagesOptions<Item> {
  /** Identity of the list; another key is another list. */
  key: () => EntryKey;
  list: (cursor: string | undefined) => Promise<Page<Item>>;
}

/** A query for a list in pages. While another list loads, the previous one stays visible. */
export function usePages<Item>({ key, list }: PagesOptions<Item>) {
  const query = useInfiniteQuery(() => ({
    key: key(),
    query: ({ pageParam }: { pageParam: string | undefined }) => list(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<Item>) => page.nextCursor,
    placeholderData: (shown: { pages: Page<Item>[]; pageParams: (string | undefined)[] } | undefined) =>
      shown,
  }));
  const adding = ref(false);
  let brokenOff = false;

  async function more() {
    adding.value = true;
    brokenOff = await query.loadNextPage({ throwOnError: true }).then(
      () => false,
      () => true,
    );
    adding.value = false;
  }
  const load = () => query.refetch();
  return {
    data: computed(() => query.data.value?.pages.flatMap((page) => page.items)),
    total: computed(() => query.data.value?.pages[0]?.total ?? null),
    hasMore: query.hasNextPage,
    busy: query.isLoading,
    adding,
    error: query.error,
    load,
    more,
    /** Repeats the refused request. */
    refetch: () => (brokenOff ? more() : load()),
  };
}
