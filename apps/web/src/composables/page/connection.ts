import { reactive, ref } from 'vue';
import type { ApiProblem } from '../../api/problem';

/** No network, or a request of the page without an answer: shown once, at the lower edge, until it is resolved. */
export const disconnected = ref(false);

/** The state that the bar shows for all requests. */
const told = reactive(new WeakSet<object>());

export function tellUnanswered(problem: ApiProblem): void {
  told.add(problem);
  disconnected.value = true;
}

export function isToldAbove(problem: object): boolean {
  return disconnected.value && told.has(problem);
}
