import { ref, shallowRef } from 'vue';
import { ApiProblem } from '../../api/problem';

/** Asks again and again, and hears only the answer to the latest question. */
export function useLatest() {
  const busy = ref(false);
  const problem = shallowRef<ApiProblem | null>(null);
  let turn = 0;

  async function run<Answer>(ask: () => Promise<Answer>, heard: (answer: Answer) => void): Promise<void> {
    const mine = ++turn;
    busy.value = true;
    try {
      const answer = await ask();
      if (mine !== turn) return;
      problem.value = null;
      heard(answer);
    } catch (failure) {
      if (!(failure instanceof ApiProblem)) throw failure;
      if (mine === turn) problem.value = failure;
    } finally {
      if (mine === turn) busy.value = false;
    }
  }
  return { busy, problem, run, turn: () => turn };
}
