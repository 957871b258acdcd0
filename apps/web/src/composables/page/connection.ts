import { reactive, ref } from 'vue';
import type { ApiProblem } from '../../api/problem';

/** No network, or a request of the page without an answer: shown once, at the lower edge, until it is resolved. */
export const disconnected = ref(false);

/** The state that the bar shows for all requests. */
const reported = reactive(new WeakSet<object>());

export function reportUnanswered(problem: ApiProblem): void {
  reported.add(problem);
  disconnected.value = true;
}

export function isReportedAbove(problem: object): boolean {
  return disconnected.value && reported.has(problem);
}
