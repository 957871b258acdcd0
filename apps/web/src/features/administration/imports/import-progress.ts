import { useMutation, useQuery, useQueryCache } from '@pinia/colada';
import { computed, ref, watch } from 'vue';
import { getImport, startImport, undoImport } from '../../../api/administration.api';
import type { AdminImport } from '../../../api/types';
import { useServerClockStore } from '../../../stores/server-clock.store';
import { askWhile } from '../../../composables/page/ask-while';

const AT_WORK = ['READING', 'CHECKING', 'CREATING', 'INVITING', 'UNDOING'];

/** Progress of an import, polled while work is going on. */
export function useImportProgress(id: string) {
  const key = ['admin-import', id];
  const clock = useServerClockStore();
  const queries = useQueryCache();
  const { data: job, error, isLoading: asking, refetch } = useQuery({ key, query: () => getImport(id) });
  const atWork = computed(() => AT_WORK.includes(job.value?.state ?? ''));
  const ask = () => refetch();
  askWhile(() => atWork.value && !asking.value, ask);

  const progress = computed(() => job.value && progressOf(job.value));
  /** The first answer in the present state: the pace is measured from there. */
  const first = ref({ state: '', done: 0, at: 0 });
  watch(
    job,
    (now) => {
      if (!now || now.state === first.value.state) return;
      first.value = { state: now.state, done: progress.value?.done ?? 0, at: clock.now() };
    },
    { immediate: true },
  );
  const end = computed(() => {
    if (!progress.value) return null;
    const { done, all } = progress.value;
    const passed = done - first.value.done;
    const [now, { at }] = [clock.now(), first.value];
    return passed > 0 ? new Date(now + ((now - at) * (all - done)) / passed).toISOString() : null;
  });

  const acting = useMutation({
    mutation: async (send: (id: string) => Promise<AdminImport>) => {
      queries.setQueryData(key, await send(id));
      void ask();
    },
  });
  return {
    job,
    atWork,
    progress,
    /** When the present state ends at its pace so far; null while unknown. */
    end,
    busy: acting.isLoading,
    problem: computed(() => acting.error.value ?? error.value),
    ask,
    start: (mode?: AdminImport['mode']) => acting.mutate((id) => startImport(id, mode)),
    undo: () => acting.mutate(undoImport),
  };
}

/** The done and total counts, for the bar; undefined without counts. */
function progressOf({ state, total, checked, bad, created, proposed, invited, undone }: AdminImport) {
  if (state === 'CHECKING') return { done: checked, all: total };
  if (state === 'CREATING') return { done: created + proposed, all: total - bad };
  if (state === 'INVITING') return { done: invited, all: created };
  return state === 'UNDOING' ? { done: undone, all: undone + created } : null;
}
