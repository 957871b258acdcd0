import { computed, onMounted, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { ApiProblem } from '../../api/problem';
import { readSignInReceipt, resendSignInCode, submitSignInCode } from '../../api/sign-in.api';
import type { Channel, Session } from '../../api/types';
import { useCodeStep } from '../../composables/codes/code-step';
import { dropChallenges, keptUnremembered, keptWays } from '../../composables/codes/kept-challenge';
import { useService } from '../../composables/service';
import { ownFactor } from '../../factors';
import { useArrival } from '../../composables/means/arrival';
import { useSignInStore } from '../../stores/sign-in.store';

/** The factors of a sign-in, the one that is shown, and whether the browser is remembered. */
export function useCodeWays() {
  const route = useRoute();
  const router = useRouter();
  const service = useService();
  const signIn = useSignInStore();
  const arrive = useArrival();
  const remember = ref(true);
  /** Where a code is needed each time, or several people use the computer, no browser is remembered. */
  const unremembered = keptUnremembered();
  const rememberable = computed(
    () => service.codeWindowHours > 0 && !service.sharedWorkstation && !unremembered,
  );
  const remembers = () => remember.value && rememberable.value;
  const step = useCodeStep({
    purpose: 'sign-in',
    request: resendSignInCode,
    submit: (code) => submitSignInCode(code, remembers()),
    accepted: arrive,
    failure: signIn.failure,
    receipt: readSignInReceipt,
  });
  const { challenge, problem } = step;
  const ways = keptWays();
  /** A recovery code comes first if no other factor is left. */
  const first = () => (challenge.value ? 'message' : ways.find((one) => ownFactor(one)));
  const way = ref<string | undefined>(first());
  const firstStep = computed(() => ({ name: 'sign-in', query: route.query }));

  /** A factor without a sent code. An expired sign-in restarts, as after a sent code. */
  async function enter(signedIn: Promise<Session>) {
    try {
      const session = await signedIn;
      dropChallenges();
      await arrive(session);
    } catch (refusal) {
      if (refusal instanceof ApiProblem) startAgain(refusal);
      throw refusal;
    }
  }
  /** Another code, by message. */
  async function sendInstead(channel: Channel) {
    await step.send(channel);
    if (challenge.value) way.value = 'message';
  }
  function startAgain(refusal: ApiProblem | null) {
    if (refusal?.code !== 'sign-in.required') return;
    signIn.sentBack = refusal;
    void router.replace(firstStep.value);
  }
  watch(problem, startAgain);
  onMounted(() => way.value || router.replace(firstStep.value));
  return { remember, rememberable, remembers, step, ways, way, first, firstStep, enter, sendInstead };
}
