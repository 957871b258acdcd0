import { reactive, ref } from 'vue';
import type { ApiProblem } from '../../api/problem';

/** No network, or a question of a page that had no answer: said once, along the lower edge, until it is well again. */
export const disconnected = ref(false);

/** What the bar says for all of them. */
const told = reactive(new WeakSet<object>());

export function tellUnanswered(problem: ApiProblem): void {
  told.add(problem);
  disconnected.value = true;
}

export function isToldAbove(problem: object): boolean {
  return disconnected.value && told.has(problem);
}
