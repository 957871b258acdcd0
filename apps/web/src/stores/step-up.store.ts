import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import type { StepUpReason } from '../api/call';
import type { StepUpWay } from '../api/types';
import { useSessionStore } from './session.store';

/** The code dialog above the page. Several requests refused together share its answer. */
export const useStepUpStore = defineStore('step-up', () => {
  const sessions = useSessionStore();
  const reason = ref<StepUpReason | null>(null);
  /** The only factor that suffices; null: any that the person has. */
  const way = ref<StepUpWay | null>(null);
  /** The person's current action, named by its dialog; empty when unknown. */
  const act = ref('');
  let answer: Promise<boolean> | null = null;
  let resolve: (passed: boolean) => void = () => undefined;

  function ask(why: StepUpReason, by: StepUpWay | null = null): Promise<boolean> {
    // A refusal may arrive after the answer to the sign-out.
    if (sessions.over) return Promise.resolve(false);
    if (!reason.value) way.value = by;
    reason.value ??= why;
    answer ??= new Promise<boolean>((settled) => (resolve = settled));
    return answer;
  }
  /** Sends the requests of a named action: if the API requires a code, the dialog shows that name. */
  async function during<Answer>(title: string, send: () => Promise<Answer>): Promise<Answer> {
    act.value = title;
    return send().finally(() => (act.value = ''));
  }
  function settle(passed: boolean) {
    resolve(passed);
    reason.value = null;
    answer = null;
  }
  watch(
    () => sessions.over,
    (over) => over && settle(false),
  );
  return { reason, way, act, ask, during, settle };
});
