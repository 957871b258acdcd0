import { computed, onScopeDispose, shallowRef } from 'vue';
import { getImport, startImport, undoImport } from '../../api/administration.api';
import type { AdminImport } from '../../api/types';
import { useAttempt } from '../../composables/attempt';
import { useLatest } from './latest';

const PAUSE_MS = 1_000;
const AT_WORK = ['READING', 'CHECKING', 'CREATING', 'INVITING', 'UNDOING'];

/** How far an import has come, asked again as long as something is going on. */
export function useImportProgress(id: string) {
  const asking = useLatest();
  const { busy, problem, run } = useAttempt();
  const job = shallowRef<AdminImport | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  const atWork = computed(() => AT_WORK.includes(job.value?.state ?? ''));
  /** What is done of what, for the bar; nothing when nothing is counted. */
  const progress = computed(() => {
    if (!job.value) return null;
    const { state, total, checked, bad, created, invited, undone } = job.value;
    if (state === 'CHECKING') return { done: checked, all: total };
    if (state === 'CREATING') return { done: created, all: total - bad };
    if (state === 'INVITING') return { done: invited, all: created };
    return state === 'UNDOING' ? { done: undone, all: undone + created } : null;
  });

  async function ask() {
    clearTimeout(timer);
    await asking.run(
      () => getImport(id),
      (received) => (job.value = received),
    );
    if (!over && atWork.value) timer = setTimeout(ask, PAUSE_MS);
  }
  const act = (send: (id: string) => Promise<AdminImport>) =>
    run(async () => {
      job.value = await send(id);
      void ask();
    });
  onScopeDispose(() => {
    over = true;
    clearTimeout(timer);
  });
  return {
    job,
    atWork,
    progress,
    busy,
    problem: computed(() => problem.value ?? asking.problem.value),
    ask,
    start: () => act(startImport),
    undo: () => act(undoImport),
  };
}
