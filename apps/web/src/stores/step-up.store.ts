import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { StepUpReason } from '../api/call';

/** The one question « a code, please » over the page; several requests refused together share its answer. */
export const useStepUpStore = defineStore('step-up', () => {
  const reason = ref<StepUpReason | null>(null);
  let answer: Promise<boolean> | null = null;
  let resolve: (passed: boolean) => void = () => undefined;

  function ask(why: StepUpReason): Promise<boolean> {
    reason.value ??= why;
    answer ??= new Promise<boolean>((settled) => (resolve = settled));
    return answer;
  }
  function settle(passed: boolean) {
    resolve(passed);
    reason.value = null;
    answer = null;
  }
  return { reason, ask, settle };
});
