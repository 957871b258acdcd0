import { useMutation } from '@pinia/colada';
import { computed, ref, shallowRef } from 'vue';
import { ApiProblem } from '../../api/problem';
import type { Challenge, Channel, CodeReceipt } from '../../api/types';
import { useCodeReceipt } from './code-receipt';
import { dropChallenge, keepChallenge, keptChallenge } from './kept-challenge';

export interface CodeStep<Answer> {
  purpose: Challenge['purpose'];
  /** Requests a message: the first, another one, or by the other channel. Null: none is left or needed. */
  request: (channel?: Channel) => Promise<Challenge | null>;
  submit: (code: string) => Promise<Answer>;
  accepted: (answer: Answer) => unknown;
  /** Reads the delivery state of the latest code, where the API reports it. */
  receipt?: () => Promise<CodeReceipt>;
  /** Why the message could not be sent; shown until the person's next action. */
  failure?: ApiProblem | null;
}

const SPENT = ['code.expired', 'code.exhausted'];

/** The code step of sign-in, of the code dialog and of the phone number's proof. */
export function useCodeStep<Answer>(step: CodeStep<Answer>) {
  const challenge = shallowRef<Challenge | null>(keptChallenge(step.purpose));
  /** Number of messages after the first. */
  const messages = ref(0);
  /** The code that was sent is no longer valid. */
  const spent = ref(false);
  const acting = useMutation({ mutation: (act: () => Promise<void>) => act() });

  /** One request at a time, however often the person clicks. */
  async function run(act: () => Promise<void>): Promise<void> {
    if (!acting.isLoading.value) await acting.mutateAsync(act).catch(() => undefined);
  }
  function receive(received: Challenge) {
    challenge.value = received;
    spent.value = false;
    keepChallenge(received);
  }
  /** The facts of a refused code: tries left, its expiry, or a message that could not be sent. */
  function learn(failure: unknown): never {
    if (!(failure instanceof ApiProblem)) throw failure;
    const { attemptsLeft } = failure;
    if (failure.challenge) receive(failure.challenge);
    if (attemptsLeft && challenge.value) receive({ ...challenge.value, attemptsLeft });
    if (!SPENT.includes(failure.code)) throw failure;
    spent.value = true;
    dropChallenge(step.purpose);
    throw failure;
  }
  const send = (channel?: Channel) =>
    run(async () => {
      const again = challenge.value !== null;
      const received = await step.request(channel).catch(learn);
      if (received) receive(received);
      if (received && again) messages.value += 1;
    });
  const submit = (code: string) =>
    run(async () => {
      const answer = await step.submit(code).catch((failure: unknown) => learn(lastTry(failure)));
      dropChallenge(step.purpose);
      await step.accepted(answer);
    });
  return {
    challenge,
    busy: acting.isLoading,
    problem: computed(() => (acting.variables.value ? acting.error.value : (step.failure ?? null))),
    messages,
    spent,
    receipt: useCodeReceipt(challenge, step.receipt),
    send,
    submit,
  };
}

/** A wrong code without a remaining try ends that code. */
function lastTry(failure: unknown): unknown {
  const last =
    failure instanceof ApiProblem && failure.code === 'code.rejected' && failure.attemptsLeft === 0;
  return last ? new ApiProblem('code.exhausted') : failure;
}
