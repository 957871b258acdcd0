import { computed, onMounted, ref, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { ApiProblem } from '../../api/problem';
import { readSignInReceipt, resendSignInCode, submitSignInCode } from '../../api/sign-in.api';
import type { Channel, Session } from '../../api/types';
import { useCodeStep } from '../../composables/codes/code-step';
import { dropChallenges, keptUnremembered, keptWays } from '../../composables/codes/kept-challenge';
import { useService } from '../../composables/service';
import { ownFactor } from '../../factors';
import { useArrival } from './arrival';
import { useSignInStore } from './sign-in.store';

/** The ways to give the code of a sign-in, the one that is shown, and whether the browser is remembered. */
export function useCodeWays() {
  const route = useRoute();
  const router = useRouter();
  const service = useService();
  const signIn = useSignInStore();
  const arrive = useArrival();
  const remember = ref(true);
  /** Where no code holds, or several people use one computer, there is nothing to remember. */
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
  /** A recovery code comes first where nothing else is left. */
  const first = () => (challenge.value ? 'message' : ways.find((one) => ownFactor(one)));
  const way = ref<string | undefined>(first());
  const firstStep = computed(() => ({ name: 'sign-in', query: route.query }));

  /** A code that was not sent. A sign-in that is over begins again, as with one that was. */
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
  /** Another code, by a message. */
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
