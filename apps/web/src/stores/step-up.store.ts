import { defineStore } from 'pinia';
import { ref } from 'vue';
import type { StepUpReason } from '../api/call';
import type { StepUpWay } from '../api/types';

/** The one question « a code, please » over the page; several requests refused together share its answer. */
export const useStepUpStore = defineStore('step-up', () => {
  const reason = ref<StepUpReason | null>(null);
  /** The one way that is enough; null: whichever the person has. */
  const way = ref<StepUpWay | null>(null);
  let answer: Promise<boolean> | null = null;
  let resolve: (passed: boolean) => void = () => undefined;

  function ask(why: StepUpReason, by: StepUpWay | null = null): Promise<boolean> {
    if (!reason.value) way.value = by;
    reason.value ??= why;
    answer ??= new Promise<boolean>((settled) => (resolve = settled));
    return answer;
  }
  function settle(passed: boolean) {
    resolve(passed);
    reason.value = null;
    answer = null;
  }
  return { reason, way, ask, settle };
});
