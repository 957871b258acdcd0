import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ApiProblem } from '../api/problem';

export interface Attempt {
  busy: Ref<boolean>;
  problem: ShallowRef<ApiProblem | null>;
  /** Runs one act at a time; a refusal of the API becomes `problem`, anything else is thrown. */
  run: (act: () => Promise<void>) => Promise<void>;
}

/** The state of a form that asks something of the API. */
export function useAttempt(): Attempt {
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  async function run(act: () => Promise<void>) {
    if (busy.value) return;
    busy.value = true;
    problem.value = null;
    try {
      await act();
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      problem.value = failure;
    } finally {
      busy.value = false;
    }
  }
  return { busy, problem, run };
}
