import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { StepUpReason } from '../api/call';
import type { StepUpWay } from '../api/types';

/** The one question « a code, please » over the page; several requests refused together share its answer. */
export const useStepUpStore = defineStore('step-up', () => {
  const reason = ref<StepUpReason | null>(null);
  /** The one way that is enough; null: whichever the person has. */
  const way = ref<StepUpWay | null>(null);
  /** What the person is doing, as the dialog of the act asked it; empty where nothing tells. */
  const act = ref('');
  let answer: Promise<boolean> | null = null;
  let resolve: (passed: boolean) => void = () => undefined;

  function ask(why: StepUpReason, by: StepUpWay | null = null): Promise<boolean> {
    if (!reason.value) way.value = by;
    reason.value ??= why;
    answer ??= new Promise<boolean>((settled) => (resolve = settled));
    return answer;
  }
  /** Sends what a titled act sends: should the API ask for a code, the question names the act. */
  async function during<Answer>(title: string, send: () => Promise<Answer>): Promise<Answer> {
    act.value = title;
    return send().finally(() => (act.value = ''));
  }
  function settle(passed: boolean) {
    resolve(passed);
    reason.value = null;
    answer = null;
  }
  return { reason, way, act, ask, during, settle };
});
