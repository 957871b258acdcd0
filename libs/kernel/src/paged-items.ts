const PAGE = 100;

interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
}

/** Yields every item of a paged list. */
export async function* itemsOf<Item>(
  read: (range: { limit: number; cursor?: string }) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await read({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
