import { type EntryKey, useInfiniteQuery } from '@pinia/colada';
import { computed, ref } from 'vue';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  /** How many there are in all, where the first page says so. */
  total?: number | null;
}
interface PagesOptions<Item> {
  /** What the list is a list of; another key is another list. */
  key: () => EntryKey;
  list: (cursor: string | undefined) => Promise<Page<Item>>;
}

/** A query whose list comes page by page. While another one is asked for, the one before is shown. */
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
    /** After a refusal: what was refused, once more. */
    refetch: () => (brokenOff ? more() : load()),
  };
}
