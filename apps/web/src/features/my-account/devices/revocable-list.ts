import { useMutation, useQuery } from '@pinia/colada';
import { computed, nextTick, ref } from 'vue';

interface RevocableList<Item> {
  key: string;
  list: () => Promise<Item[]>;
  end: (id: string) => Promise<unknown>;
  endAll: () => Promise<unknown>;
  /** Where the keyboard goes on when the button that it was on has gone with its line. */
  goOn: () => void;
}

/** A list whose lines a person may end, one or all; read again after each act. */
export function useRevocableList<Item>({ key, list, end, endAll, goOn }: RevocableList<Item>) {
  const { data: items, error, refetch } = useQuery({ key: [key], query: list });
  const ended = ref<'one' | 'all' | null>(null);
  /** Of an id, its line; of nothing, all of them. */
  const revoking = useMutation({
    mutation: async (id: string | undefined) => {
      ended.value = null;
      await (id === undefined ? endAll() : end(id));
      await refetch(true);
      ended.value = id === undefined ? 'all' : 'one';
      await nextTick();
      if (document.activeElement === document.body) goOn();
    },
  });
  return {
    items,
    busy: revoking.isLoading,
    problem: computed(() => revoking.error.value ?? error.value),
    ended,
    load: () => refetch(),
    end: (id: string) => revoking.mutate(id),
    endAll: () => revoking.mutate(undefined),
  };
}
