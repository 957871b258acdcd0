import { useMutation, useQuery, useQueryCache } from '@pinia/colada';
import { computed } from 'vue';
import { getEventProof, getEventSeal, proveEvents } from '../../../api/journal.api';
import { askWhile } from '../../../composables/page/ask-while';

const KEY = ['journal-proof'];

/** The last seal of the journal at the time when the page was opened. */
export function useSealed() {
  const { data } = useQuery({ key: KEY, query: getEventProof });
  return { head: computed(() => data.value?.head ?? null) };
}

/** Extent of the journal's seals, and the proof, polled while it runs. */
export function useJournalProof() {
  const cache = useQueryCache();
  const state = useQuery({ key: KEY, query: getEventProof });
  const proof = computed(() => state.data.value?.proof ?? null);
  const underWay = computed(() => proof.value?.endedAt === null);
  const ask = () => state.refetch();
  askWhile(() => underWay.value && !state.isLoading.value, ask);
  const { mutate, isLoading, error } = useMutation({
    mutation: async (head: string | undefined) => {
      cache.setQueryData(KEY, await proveEvents(head));
      void ask();
    },
  });
  return {
    state,
    head: computed(() => state.data.value?.head ?? null),
    proof,
    underWay,
    period: usePeriod(() => proof.value?.result ?? null),
    busy: isLoading,
    problem: computed(() => error.value ?? state.error.value),
    prove: mutate,
    ask,
  };
}

/** From the first seal whose lines still exist to the last one: the period that the proof covers. */
function usePeriod(result: () => { head: string | null; purgedThrough: number } | null) {
  const ends = computed(() => {
    const { head = null, purgedThrough = 0 } = result() ?? {};
    return head === null ? null : ([purgedThrough + 1, Number(head.split(':')[0])] as const);
  });
  const { data } = useQuery({
    key: () => ['journal-proof-period', ends.value],
    query: () => Promise.all(ends.value!.map(getEventSeal)),
    enabled: () => ends.value !== null,
  });
  return computed(() => data.value && { from: data.value[0]!.sealedAt, to: data.value[1]!.sealedAt });
}
